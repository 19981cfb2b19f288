import { formatsOf } from '../../../i18n/formats.js';
import type { SystemMessages } from './en.js';

const { plural } = formatsOf('de');

export const system: SystemMessages = {
  title: 'System',
  asOf: (time, version) => `Stand ${time} · Version ${version}`,
  refresh: 'Aktualisieren',
  alerts: {
    title: 'Was jemanden braucht',
    none: 'Nichts braucht jemanden.',
    todo: 'Was zu tun ist:',
    since: (ago) => `Seit: ${ago}`,
    explained: 'erklärt in',
    byCode: {
      'key-ring': {
        meaning:
          'Die Datei des Schlüsselbunds fehlt, ist nicht lesbar oder beschädigt, oder ein Schlüssel fehlt darin.',
        advice: 'Bringen Sie die Datei in Ordnung oder spielen Sie sie zurück; fehlt ein Schlüssel, rotieren Sie.',
      },
      'sealing-failed': {
        meaning: 'Die letzte Versiegelung ist gescheitert und wird wiederholt.',
        advice:
          'Lesen Sie die Protokollzeile „sealing failed“: Meist ist die Datenbank nicht erreichbar oder ihre Platte voll.',
      },
      'clock-not-trusted': {
        meaning: 'Die Uhr der Datenbank liegt vor der letzten Versiegelung oder mehr als 7 Tage danach.',
        advice: 'Prüfen Sie die Uhr des Datenbankservers; geht sie richtig, rufen Sie auf: npm run cen -- resume',
      },
      'sealing-overdue': {
        meaning: 'Ein Zeitfenster ist seit Langem zu Ende und nicht versiegelt.',
        advice: 'Sehen Sie nach, ob ein Prozess mit der Rolle worker läuft, und was ihn am Versiegeln hindert.',
      },
      'keys-lost': {
        meaning: 'Die Datenbank nennt Schlüssel, die der Schlüsselbund nicht hat.',
        advice:
          'Finden Sie heraus, ob ein Replikat eine andere Kopie liest oder ob ein alter Bund oder eine alte Datenbank zurückgespielt wurde.',
      },
      'pending-unreadable': {
        meaning: 'Einige wartende Meldungen lassen sich nicht entschlüsseln. Die anderen werden veröffentlicht.',
        advice:
          'Holen Sie den Schlüsselbund mit ihrem Schlüssel zurück; ist er endgültig verloren, löschen Sie sie, wie das Dokument es sagt.',
      },
      guessing: {
        meaning: 'So viele Nummern werden abgelehnt, dass wohl jemand rät; jedes Netz darf weniger versuchen.',
        advice:
          'Prüfen Sie, ob eine App oder eine Liste von Nummern fehlerhaft ist; sonst warten Sie ab oder sperren Sie, wer flutet.',
      },
      'sealing-backlog': {
        meaning: 'Es wartete mehr, als eine Versiegelung aufnimmt; der Rest kommt in die nächsten Zeitfenster.',
        advice:
          'Nichts, wenn es vorübergeht; sonst erhöhen Sie SEAL_MAX_CENS und geben Sie dem Prozess Speicher dafür.',
      },
      'partitions-not-ahead': {
        meaning: 'Eine Tabelle für die Pakete eines kommenden Tages ließ sich nicht anlegen; es wird erneut versucht.',
        advice:
          'Finden Sie, was die Tabelle batch oder batch_piece sperrt, und ob beide der Rolle der Anwendung gehören.',
      },
      'keys-not-rotated': {
        meaning: 'Die automatische Rotation der Schlüssel ist gescheitert.',
        advice: 'Rufen Sie npm run cen -- keys rotate --due auf und lesen Sie, was es sagt.',
      },
      'retention-failed': {
        meaning:
          'Der letzte Löschlauf ist gescheitert und wird wiederholt. Was abgelaufen ist, wird nicht ausgeliefert.',
        advice:
          'Lesen Sie die Protokollzeile „retention failed“: Meist sperrt etwas die Tabelle batch oder batch_piece.',
      },
    },
  },
  sealing: {
    title: 'Versiegelung',
    onTime: 'Pünktlich',
    overdue: 'Überfällig',
    last: 'Letzte Versiegelung',
    slot: 'Beginn ihres Zeitfensters',
    length: 'Länge eines Zeitfensters',
    next: 'Nächste fällig',
    pending: 'Meldungen, die sie fand',
    fewPending: 'zu wenige, um es zu sagen',
    held: 'Wartet auf mehr Meldungen seit',
    never: 'nie',
  },
  retention: {
    title: 'Aufbewahrung und Speicher',
    days: 'Aufbewahrt für',
    daysValue: (n) => plural(n, { one: '# Tag', other: '# Tage' }),
    oldest: 'Ältester Tag mit einem Paket',
    drop: 'Gelöscht am',
    none: 'keiner',
    database: 'Größe der Datenbank',
  },
  replicas: { title: 'Replikate', name: 'Name', roles: 'Rollen', version: 'Version', seen: 'Zuletzt gesehen' },
  keys: {
    title: 'Schlüssel',
    text: 'Nur Namen und Alter: Kein Schlüssel wird je gezeigt oder liegt in der Datenbank.',
    purpose: 'Zweck',
    id: 'Kennung',
    state: 'Zustand',
    made: 'Erzeugt',
    rotates: 'Ersetzt',
    states: { current: 'In Gebrauch', next: 'Nächster', retired: 'Abgelöst' },
    purposes: {
      'number-hmac': 'Fingerabdrücke der Nummern',
      'mint-prf': 'Ausgabe von Nummern',
      'pending-aead': 'Wartende Meldungen',
      'retry-proof': 'Wiederholte Meldungen',
      'attempt-day': 'Fehlversuche des Tages',
      'batch-signing': 'Signaturen der Pakete',
      'staff-aead': 'Authenticators des Personals',
      'audit-signing': 'Signaturen des Prüfprotokolls',
      'token-issuer': 'Upload-Token',
      root: 'Wurzelschlüssel',
    },
  },
};
