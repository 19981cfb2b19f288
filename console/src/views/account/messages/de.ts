import type { AccountMessages } from './en.js';

export const account: AccountMessages = {
  title: 'Mein Konto',
  lead: (login, role) => `${login} · ${role}`,
  password: {
    title: 'Passwort',
    text: 'Eine Änderung beendet alle Ihre anderen Sitzungen.',
    action: 'Passwort ändern',
    fresh: 'Neues Passwort',
    done: 'Ihr Passwort ist geändert. Alle anderen Sitzungen sind beendet.',
  },
  authenticator: {
    title: 'Authenticator',
    on: 'Eingerichtet',
    off: 'Nicht eingerichtet',
    onText: 'Sie melden sich mit einem Code an.',
    offText: 'Ein gestohlenes Passwort würde reichen, um sich als Sie anzumelden.',
    setUp: 'Authenticator einrichten',
    replace: 'Einen anderen einrichten',
    remove: 'Entfernen',
    removeTitle: 'Authenticator entfernen?',
    removeText: 'Danach reicht zum Anmelden das Passwort.',
    done: 'Melden Sie sich ab jetzt mit dem neuen Authenticator an.',
    removed: 'Der Authenticator ist entfernt.',
  },
  recovery: {
    title: 'Notfallcodes',
    renew: 'Neue Codes erzeugen',
    renewText: 'Zehn neue Codes ersetzen die alten.',
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    text: 'Eine Sitzung endet nach 20 Minuten ohne Benutzung und nach 12 Stunden.',
    current: 'Diese hier',
    since: 'Angemeldet',
    seen: 'Zuletzt benutzt',
    ends: 'Endet',
    end: 'Beenden',
    endLabel: (since) => `Sitzung von ${since} beenden`,
    everywhere: 'Überall abmelden',
  },
};
