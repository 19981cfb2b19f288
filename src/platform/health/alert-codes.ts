/** `critical`: what the server promises is not being kept, or soon will not be. `warning`: it holds, and will not for ever. */
export type AlertSeverity = 'warning' | 'critical';

/** What is known of an alert before it is ever raised. `docs/operations.md` has a section for each, named after its code. */
export interface AlertDefinition {
  readonly severity: AlertSeverity;
  /** What is the case, in a sentence that holds whatever the cause. */
  readonly meaning: string;
  /** What somebody should do about it, in a sentence. */
  readonly advice: string;
}

export type AlertCode =
  | 'sealing-failed'
  | 'sealing-overdue'
  | 'sealing-backlog'
  | 'pending-unreadable'
  | 'clock-not-trusted'
  | 'retention-failed'
  | 'partitions-not-ahead'
  | 'key-ring'
  | 'keys-stale'
  | 'keys-not-rotated'
  | 'keys-lost'
  | 'guessing';

/** The one list of alerts, in the order in which somebody who is woken should look at them. */
export const ALERTS: Readonly<Record<AlertCode, AlertDefinition>> = {
  'keys-stale': {
    severity: 'critical',
    meaning: 'This replica has not been able to read the key ring for too long and takes no reports.',
    advice: 'Give the server’s user the right to read the key ring file again, or put the file back.',
  },
  'key-ring': {
    severity: 'critical',
    meaning: 'The key ring file is missing, unreadable or damaged, or lacks a key.',
    advice: 'Put the file right within 15 minutes: after that reports are refused. For a missing key, rotate.',
  },
  'sealing-failed': {
    severity: 'critical',
    meaning: 'The last sealing failed and is tried again.',
    advice: 'Read the log line "sealing failed": most often the database is out of reach or its disk is full.',
  },
  'clock-not-trusted': {
    severity: 'critical',
    meaning: 'The clock of the database is behind the last sealing, or more than 7 days past it.',
    advice: 'Check the clock of the database server; if it is right, run: npm run cen -- resume',
  },
  'sealing-overdue': {
    severity: 'critical',
    meaning: 'A slot ended long ago and has not been sealed.',
    advice: 'See that a process with the role worker runs, and what keeps it from sealing.',
  },
  'keys-lost': {
    severity: 'critical',
    meaning: 'The database names keys that the key ring does not have.',
    advice: 'Find out whether a replica reads another copy of the ring, or an old ring or database was restored.',
  },
  'pending-unreadable': {
    severity: 'critical',
    meaning: 'Some pending reports cannot be decrypted. The others are published.',
    advice: 'Bring the key ring back that has their key; if it is gone for good, delete them as the document says.',
  },
  guessing: {
    severity: 'warning',
    meaning:
      'So many numbers or tokens are refused, in all, that somebody seems to be guessing; each network may try less.',
    advice:
      'Find out whether an app or a list of numbers is faulty; otherwise let it pass, or block who floods at the proxy.',
  },
  'sealing-backlog': {
    severity: 'warning',
    meaning: 'More was pending than SEAL_MAX_CENS; the rest goes into the next slots.',
    advice: 'Nothing if it passes; otherwise raise SEAL_MAX_CENS, and give the process memory for it.',
  },
  'partitions-not-ahead': {
    severity: 'warning',
    meaning: 'A table for the batches of a coming day could not be made; it is tried again at each sealing.',
    advice: 'Find what holds a lock on the tables of batches, and see that the application’s role owns them.',
  },
  'keys-not-rotated': {
    severity: 'warning',
    meaning: 'Automatic rotation of keys failed.',
    advice: 'Run npm run cen -- keys rotate --due and read what it says.',
  },
  'retention-failed': {
    severity: 'warning',
    meaning: 'The last run of retention failed and is tried again. What is past retention is not served meanwhile.',
    advice: 'Read the log line "retention failed": most often something holds a lock on a table of batches.',
  },
};

export function isAlertCode(text: string): text is AlertCode {
  return Object.hasOwn(ALERTS, text);
}

/** Where an alert is explained. */
export function alertDocument(code: AlertCode): string {
  return `docs/operations.md#${code}`;
}
