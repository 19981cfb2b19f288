import type { DoorMessages } from './en.js';

export const door: DoorMessages = {
  product: 'Freigabenummern',
  signIn: {
    title: 'Anmelden',
    login: 'Name',
    loginHint: 'Ihr Kurzname bei der Arbeit, wie in Ihrer Einladung.',
    password: 'Passwort',
    code: 'Code Ihres Authenticators',
    codeHint: 'Sechs Ziffern. Leer lassen, wenn Sie keinen Authenticator eingerichtet haben.',
    recoveryCode: 'Notfallcode',
    useRecovery: 'Mein Telefon ist nicht da: Notfallcode benutzen',
    useCode: 'Code meines Authenticators benutzen',
    submit: 'Anmelden',
    help: 'Sie kommen nicht hinein?',
    helpText:
      'Bitten Sie die Leitung Ihrer Behörde oder den Betrieb, Sie zurückzusetzen: Sie bekommen einen neuen Link und wählen Passwort und Authenticator neu. Niemand kann Ihr Passwort sehen.',
    capsLock: 'Die Feststelltaste ist an.',
  },
  again: {
    title: 'Bitte melden Sie sich wieder an',
    lead: 'Sie waren eine Weile weg. Ihre Eingaben sind noch da, und es geht weiter, sobald Sie angemeldet sind.',
    as: (login) => `Anmeldung als ${login}`,
    submit: 'Anmelden und weiter',
    someoneElse: 'Ich bin jemand anderes',
  },
  confirm: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: 'Was Sie vorhaben, kann Menschen aussperren oder hereinlassen. Geben Sie Ihr Passwort und einen neuen Code ein.',
    submit: 'Bestätigen und weiter',
  },
  invitation: {
    title: 'Willkommen',
    lead: (login, role) => `Sie melden sich als „${login}“ an. Ihre Rolle: ${role}.`,
    steps: { password: 'Passwort', authenticator: 'Authenticator', recovery: 'Notfallcodes' },
    progress: 'Schritte der Einrichtung',
    passwordTitle: 'Wählen Sie ein Passwort',
    passwordLead: 'Mindestens 12 Zeichen. Einige zufällige Wörter lassen sich gut merken und schlecht erraten.',
    repeat: 'Noch einmal',
    tooShort: 'Mindestens 12 Zeichen.',
    differs: 'Die beiden sind nicht gleich.',
    next: 'Weiter',
    back: 'Zurück',
    authenticatorTitle: 'Richten Sie einen Authenticator ein',
    authenticatorLead:
      'Scannen Sie das Bild mit einer Authenticator-App auf Ihrem Telefon. Die App zeigt dann alle 30 Sekunden einen neuen Code aus sechs Ziffern.',
    qr: 'QR-Code für die Authenticator-App',
    byHand: 'Keine Kamera? Tippen Sie diesen Schlüssel in die App',
    codeLabel: 'Code, den die App jetzt zeigt',
    finish: 'Fertig',
    skip: 'Ohne weitermachen',
    skipHint:
      'Sie können ihn später unter „Mein Konto“ einrichten. Dann reicht ein gestohlenes Passwort nicht zum Anmelden.',
    recoveryTitle: 'Bewahren Sie Ihre Notfallcodes auf',
    recoveryLead:
      'Wenn Ihr Telefon weg ist, kommen Sie mit einem davon hinein, mit jedem einmal. Sie werden nur jetzt gezeigt: drucken oder schreiben Sie sie ab, und schließen Sie sie weg.',
    kept: 'Ich habe sie aufbewahrt',
    go: 'Weiter',
    print: 'Drucken',
    missing:
      'Diese Seite braucht den ganzen Link, den Sie bekommen haben. Öffnen Sie ihn noch einmal, von # bis zum Ende.',
  },
};
