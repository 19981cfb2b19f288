import { formatsOf } from '../../../i18n/formats.js';
import type { SystemMessages } from './en.js';

const { plural } = formatsOf('it');

export const system: SystemMessages = {
  title: 'Sistema',
  asOf: (time, version) => `Stato alle ${time} · versione ${version}`,
  refresh: 'Aggiorna',
  alerts: {
    title: 'Che cosa richiede qualcuno',
    none: 'Niente richiede qualcuno.',
    todo: 'Che cosa fare:',
    since: (ago) => `Da: ${ago}`,
    explained: 'spiegato in',
    byCode: {
      'key-ring': {
        meaning: 'Il file del portachiavi manca, è illeggibile o danneggiato, o vi manca una chiave.',
        advice: 'Mettete a posto il file o ripristinatelo; se manca una chiave, fate una rotazione.',
      },
      'sealing-failed': {
        meaning: 'L’ultima sigillatura è fallita e viene ritentata.',
        advice:
          'Leggete la riga del registro «sealing failed»: di solito la base di dati non è raggiungibile o il suo disco è pieno.',
      },
      'clock-not-trusted': {
        meaning: 'L’orologio della base di dati è prima dell’ultima sigillatura, o più di 7 giorni dopo.',
        advice: 'Controllate l’orologio del server della base di dati; se è giusto, eseguite: npm run cen -- resume',
      },
      'sealing-overdue': {
        meaning: 'Un intervallo è finito da tempo e non è stato sigillato.',
        advice: 'Verificate che un processo con il ruolo worker sia attivo, e che cosa gli impedisce di sigillare.',
      },
      'keys-lost': {
        meaning: 'La base di dati nomina chiavi che il portachiavi non ha.',
        advice:
          'Verificate se una replica legge un’altra copia del portachiavi, o se sono stati ripristinati un portachiavi o una base vecchi.',
      },
      'pending-unreadable': {
        meaning: 'Alcuni invii in attesa non si possono decifrare. Gli altri vengono pubblicati.',
        advice:
          'Recuperate il portachiavi che ha la loro chiave; se è perso per sempre, cancellateli come dice il documento.',
      },
      guessing: {
        meaning:
          'Vengono rifiutati così tanti numeri che qualcuno sembra tirare a indovinare; ogni rete può provare meno.',
        advice:
          'Verificate se un’app o una lista di numeri è difettosa; altrimenti lasciate passare, o bloccate chi inonda.',
      },
      'sealing-backlog': {
        meaning: 'Era in attesa più di quanto prende una sigillatura; il resto va negli intervalli successivi.',
        advice: 'Niente se passa; altrimenti aumentate SEAL_MAX_CENS e date memoria al processo.',
      },
      'partitions-not-ahead': {
        meaning: 'Non si è potuta creare una tabella per i lotti di un giorno a venire; si ritenta a ogni sigillatura.',
        advice:
          'Cercate che cosa blocca la tabella batch o batch_piece, e che entrambe appartengano al ruolo dell’applicazione.',
      },
      'keys-not-rotated': {
        meaning: 'La rotazione automatica delle chiavi è fallita.',
        advice: 'Eseguite npm run cen -- keys rotate --due e leggete che cosa dice.',
      },
      'retention-failed': {
        meaning: 'L’ultima pulizia è fallita e viene ritentata. Ciò che è scaduto non viene servito.',
        advice:
          'Leggete la riga del registro «retention failed»: di solito qualcosa blocca la tabella batch o batch_piece.',
      },
    },
  },
  sealing: {
    title: 'Sigillatura',
    onTime: 'In orario',
    overdue: 'In ritardo',
    last: 'Ultima sigillatura',
    slot: 'Inizio del suo intervallo',
    length: 'Durata di un intervallo',
    next: 'La prossima, prevista',
    pending: 'Invii che ha trovato',
    fewPending: 'troppo pochi per dirlo',
    held: 'Attende altri invii da',
    never: 'mai',
  },
  retention: {
    title: 'Conservazione e spazio',
    days: 'Conservato per',
    daysValue: (n) => plural(n, { one: '# giorno', other: '# giorni' }),
    oldest: 'Giorno più vecchio con un lotto',
    drop: 'Cancellato il',
    none: 'nessuno',
    database: 'Dimensione della base di dati',
  },
  replicas: { title: 'Repliche', name: 'Nome', roles: 'Ruoli', version: 'Versione', seen: 'Vista l’ultima volta' },
  keys: {
    title: 'Chiavi',
    text: 'Solo nomi ed età: nessuna chiave viene mai mostrata o sta nella base di dati.',
    purpose: 'Scopo',
    id: 'Identificativo',
    state: 'Stato',
    made: 'Creata',
    rotates: 'Sostituita',
    states: { current: 'In uso', next: 'Prossima', retired: 'Ritirata' },
    purposes: {
      'number-hmac': 'Impronte dei numeri',
      'mint-prf': 'Emissione di numeri',
      'pending-aead': 'Invii in attesa',
      'retry-proof': 'Invii ripetuti',
      'attempt-day': 'Tentativi falliti del giorno',
      'batch-signing': 'Firme dei lotti',
      'staff-aead': 'Autenticatori del personale',
      'audit-signing': 'Firme del registro di controllo',
      'token-issuer': 'Gettoni di invio',
      root: 'Chiave radice',
    },
  },
};
