import { formatsOf } from '../../i18n/formats.js';
import type { ShellMessages } from './en.js';

const { plural } = formatsOf('de');

export const shell: ShellMessages = {
  parts: {
    loading: 'Wird geladen …',
    tryAgain: 'Noch einmal versuchen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    notCopied: 'Nicht kopiert: bitte von Hand markieren und kopieren',
    show: 'Zeigen',
    hide: 'Verbergen',
    showPassword: 'Passwort zeigen',
    hidePassword: 'Passwort verbergen',
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    more: 'Mehr zeigen',
    none: 'Keine',
    never: 'Nie',
  },
  frame: {
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    menu: 'Menü',
    language: 'Sprache',
    signOut: 'Abmelden',
    notFound: 'Diese Seite gibt es nicht',
    notFoundLead: 'Der Link ist falsch, oder die Seite ist nicht für Ihre Rolle.',
    goHome: 'Zur Startseite',
  },
  roles: { operator: 'Betrieb', manager: 'Leitung', issuer: 'Ausgabe', auditor: 'Prüfung' },
  problems: {
    unexpected: {
      title: 'Das hat nicht geklappt',
      remedy: 'Versuchen Sie es noch einmal. Hilft das nicht, sagen Sie es dem Betrieb dieses Servers.',
    },
    later: {
      'sign-in-delayed': (wait) => ({
        title: 'Zu viele Fehlversuche',
        remedy: `Warten Sie ${wait} und versuchen Sie es dann noch einmal. Geprüft wurde nichts.`,
      }),
      'quota-exceeded': (wait) => ({
        title: 'Das Kontingent für heute ist aufgebraucht',
        remedy: `In ${wait} gibt es wieder Nummern. Leitung oder Betrieb können das Kontingent erhöhen.`,
      }),
    },
    byCode: {
      'no-connection': {
        title: 'Keine Verbindung zum Server',
        remedy: 'Prüfen Sie das Netz und versuchen Sie es noch einmal. Ihre Eingaben sind nicht verloren.',
      },
      unavailable: {
        title: 'Der Server ist ausgelastet',
        remedy: 'Warten Sie einen Moment und versuchen Sie es noch einmal.',
      },
      'sign-in-refused': {
        title: 'Nicht angemeldet',
        remedy:
          'Name, Passwort oder Code stimmt nicht. Prüfen Sie die Feststelltaste und die Uhr des Geräts mit dem Code. Jeder Code gilt einmal: warten Sie auf den nächsten.',
      },
      'sign-in-required': { title: 'Sie sind abgemeldet', remedy: 'Melden Sie sich wieder an.' },
      'csrf-refused': {
        title: 'Diese Seite ist veraltet',
        remedy: 'Laden Sie sie neu und versuchen Sie es noch einmal.',
      },
      'not-allowed': {
        title: 'Nicht erlaubt',
        remedy: 'Ihre Rolle erlaubt das nicht. Fragen Sie die Leitung oder den Betrieb.',
      },
      'invitation-refused': {
        title: 'Dieser Link gilt nicht mehr',
        remedy: 'Er wurde benutzt, ersetzt oder ist abgelaufen. Bitten Sie um einen neuen.',
      },
      'password-refused': {
        title: 'Wählen Sie ein anderes Passwort',
        remedy: 'Mindestens 12 Zeichen, die niemand errät; gut sind einige zufällige Wörter.',
      },
      'code-refused': {
        title: 'Der Code passt nicht',
        remedy: 'Prüfen Sie, ob die Uhr Ihres Geräts richtig geht, und geben Sie den Code ein, den es jetzt zeigt.',
      },
      'name-taken': { title: 'Dieser Name ist vergeben', remedy: 'Wählen Sie einen anderen.' },
      'staff-not-found': {
        title: 'Nicht gefunden',
        remedy: 'Vielleicht hat es jemand entfernt. Laden Sie die Seite neu.',
      },
      'totp-required': {
        title: 'Erst wird ein Authenticator gebraucht',
        remedy:
          'Betrieb und Leitung melden sich mit einem Code an. Die Person richtet den Authenticator unter „Mein Konto“ ein.',
      },
      'last-operator': { title: 'Das ist der letzte Betriebszugang', remedy: 'Laden Sie erst einen anderen ein.' },
      'not-on-yourself': {
        title: 'Nicht für sich selbst',
        remedy: 'Bitten Sie eine andere Leitung oder den Betrieb.',
      },
      'number-space-exhausted': {
        title: 'Zu viele Nummern sind gültig',
        remedy: 'Sagen Sie dem Betrieb dieses Servers: die Nummern müssen länger werden.',
      },
    },
  },
  count: {
    sessions: (n) => plural(n, { one: '# Sitzung', other: '# Sitzungen' }),
    codes: (n) => plural(n, { one: 'Noch # Notfallcode', other: 'Noch # Notfallcodes' }),
  },
};
