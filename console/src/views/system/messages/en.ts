import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const system = {
  title: 'System',
  asOf: (time: string, version: string) => `As of ${time} · version ${version}`,
  refresh: 'Refresh',
  alerts: {
    title: 'What needs somebody',
    none: 'Nothing needs anybody.',
    todo: 'What to do:',
    since: (ago: string) => `Since ${ago}`,
    explained: 'explained in',
    byCode: {
      'key-ring': {
        meaning: 'The key ring file is missing, unreadable or damaged, or lacks a key.',
        advice: 'Put the file right, or restore it; for a missing key, rotate.',
      },
      'sealing-failed': {
        meaning: 'The last sealing failed and is tried again.',
        advice: 'Read the log line “sealing failed”: most often the database is out of reach or its disk is full.',
      },
      'clock-not-trusted': {
        meaning: 'The clock of the database is behind the last sealing, or more than 7 days past it.',
        advice: 'Check the clock of the database server; if it is right, run: npm run cen -- resume',
      },
      'sealing-overdue': {
        meaning: 'A slot ended long ago and has not been sealed.',
        advice: 'See that a process with the role worker runs, and what keeps it from sealing.',
      },
      'keys-lost': {
        meaning: 'The database names keys that the key ring does not have.',
        advice: 'Find out whether a replica reads another copy of the ring, or an old ring or database was restored.',
      },
      'pending-unreadable': {
        meaning: 'Some pending reports cannot be decrypted. The others are published.',
        advice: 'Bring the key ring back that has their key; if it is gone for good, delete them as the document says.',
      },
      guessing: {
        meaning: 'So many numbers are refused that somebody seems to be guessing; each network may try less.',
        advice: 'Find out whether an app or a list of numbers is faulty; otherwise let it pass, or block who floods.',
      },
      'sealing-backlog': {
        meaning: 'More was pending than one sealing takes; the rest goes into the next slots.',
        advice: 'Nothing if it passes; otherwise raise SEAL_MAX_CENS, and give the process memory for it.',
      },
      'partitions-not-ahead': {
        meaning: 'A table for the batches of a coming day could not be made; it is tried again at each sealing.',
        advice:
          'Find what holds a lock on the table batch or batch_piece, and see that the application’s role owns both.',
      },
      'keys-not-rotated': {
        meaning: 'Automatic rotation of keys failed.',
        advice: 'Run npm run cen -- keys rotate --due and read what it says.',
      },
      'retention-failed': {
        meaning: 'The last run of retention failed and is tried again. What is past retention is not served.',
        advice:
          'Read the log line “retention failed”: most often something holds a lock on the table batch or batch_piece.',
      },
    },
  },
  sealing: {
    title: 'Sealing',
    onTime: 'On time',
    overdue: 'Overdue',
    last: 'Last sealing',
    slot: 'Its slot began',
    length: 'Length of a slot',
    next: 'Next one due',
    pending: 'Reports that it found',
    fewPending: 'too few to say',
    held: 'Waiting for more reports since',
    never: 'never',
  },
  retention: {
    title: 'Retention and storage',
    days: 'Kept for',
    daysValue: (n: number) => plural(n, { one: '# day', other: '# days' }),
    oldest: 'Oldest day with a batch',
    drop: 'Dropped at',
    none: 'none',
    database: 'Size of the database',
  },
  replicas: { title: 'Replicas', name: 'Name', roles: 'Roles', version: 'Version', seen: 'Last seen' },
  keys: {
    title: 'Keys',
    text: 'Names and ages only: no key is ever shown, or in the database.',
    purpose: 'Purpose',
    id: 'Id',
    state: 'State',
    made: 'Made',
    rotates: 'Replaced',
    states: { current: 'In use', next: 'Next', retired: 'Retired' },
    purposes: {
      'number-hmac': 'Digests of numbers',
      'mint-prf': 'Minting',
      'pending-aead': 'Pending reports',
      'retry-proof': 'Retries of reports',
      'attempt-day': 'Failed attempts of the day',
      'batch-signing': 'Signatures of batches',
      'staff-aead': 'Authenticators of staff',
      'audit-signing': 'Signatures of the audit log',
      'token-issuer': 'Upload tokens',
      root: 'Root key',
    },
  },
};

export type SystemMessages = typeof system;
