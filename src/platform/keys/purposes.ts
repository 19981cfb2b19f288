const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a key is for. No key serves two purposes, so that losing one gives nothing of another away. */
export const PURPOSES = [
  'number-hmac',
  'mint-prf',
  'pending-aead',
  'retry-proof',
  'attempt-day',
  'batch-signing',
  'token-issuer',
  'staff-aead',
  'audit-signing',
  'root',
] as const;

export type Purpose = (typeof PURPOSES)[number];

/** Replicas poll the file each second; a minute leaves room for a slow mount and for clocks that differ. */
export const REPLICA_LEAD_SECONDS = MINUTE;

/** `max-age` of `GET /v1/keys`: how long a cache may go on serving a list without the newest key. */
export const KEYS_MAX_AGE_SECONDS = 5 * MINUTE;

/** A signing key is published before it signs: every replica has it, every cached list without it is stale, and a reserve. */
export const PUBLICATION_LEAD_SECONDS = KEYS_MAX_AGE_SECONDS + REPLICA_LEAD_SECONDS + 4 * MINUTE;

/**
 * No key is destroyed sooner than this after its retirement: a transaction that took the key while it was current may
 * not have committed the row that names it, and another replica's clock may be behind. Transactions that use a key
 * must end well within it.
 */
export const DESTRUCTION_GRACE_SECONDS = 15 * MINUTE;

/** A batch signed at the last moment lives to the end of its slot's UTC day plus retention; one day more is reserve. */
export const PUBLIC_HALF_MARGIN_SECONDS = 2 * DAY;

/**
 * When a retired version goes:
 * - `unnamed`: as soon as nothing in the database names it;
 * - `retired`: at once, nothing older than the period is ever looked up;
 * - `public-half-stays`: the private half at once, the public half after retention;
 * - `third`: when a third version is made, the oldest goes;
 * - `never`: only an operator removes it.
 */
export type Destruction = 'unnamed' | 'retired' | 'public-half-stays' | 'third' | 'never';

export interface KeyPolicy {
  readonly algorithm: 'hmac' | 'aes' | 'ed25519' | 'rsa';
  /** Seconds for which a version is current, null if it is never replaced automatically. */
  readonly period: number | null;
  /** Seconds between making a version and using it. */
  readonly lead: number;
  readonly destruction: Destruction;
}

/** Rotation of every purpose; the reasons are in ADR 0008. */
export const KEY_POLICIES: Readonly<Record<Purpose, KeyPolicy>> = {
  // Numbers live 7 days at most (protocol section 5), so that a look-up seldom tries more than two keys.
  'number-hmac': { algorithm: 'hmac', period: 30 * DAY, lead: REPLICA_LEAD_SECONDS, destruction: 'unnamed' },
  // Orders name it until 48 h after their numbers have expired: 9 days at most.
  'mint-prf': { algorithm: 'hmac', period: 30 * DAY, lead: REPLICA_LEAD_SECONDS, destruction: 'unnamed' },
  // Destroying it is what makes dead rows, WAL and backups unreadable after sealing (invariant 4): the shorter the
  // better. Six hours is the longest that `world` waits by default, so that two or three versions live at once.
  'pending-aead': { algorithm: 'aes', period: 6 * HOUR, lead: REPLICA_LEAD_SECONDS, destruction: 'unnamed' },
  // Proofs live 48 h after sealing: two versions at most.
  'retry-proof': { algorithm: 'hmac', period: 7 * DAY, lead: REPLICA_LEAD_SECONDS, destruction: 'unnamed' },
  // Counters of failed attempts must not follow a network from one day to the next (protocol section 5).
  'attempt-day': { algorithm: 'hmac', period: DAY, lead: REPLICA_LEAD_SECONDS, destruction: 'retired' },
  // Longer than retention, so that the public list holds three keys at most.
  'batch-signing': {
    algorithm: 'ed25519',
    period: 30 * DAY,
    lead: PUBLICATION_LEAD_SECONDS,
    destruction: 'public-half-stays',
  },
  // A token must be good for a week at least, and two keys at most may tell people apart by their tokens (ADR 0015). The
  // directory is cached like the list of signing keys.
  'token-issuer': { algorithm: 'rsa', period: 7 * DAY, lead: PUBLICATION_LEAD_SECONDS, destruction: 'third' },
  // Encrypts what TOTP codes follow from; a row moves to the newest version when its member next signs in (ADR 0013).
  'staff-aead': { algorithm: 'aes', period: 365 * DAY, lead: REPLICA_LEAD_SECONDS, destruction: 'unnamed' },
  // Auditors keep its public half, and heads that it signed, for years.
  'audit-signing': { algorithm: 'ed25519', period: null, lead: REPLICA_LEAD_SECONDS, destruction: 'never' },
  // Apps ship with its public half.
  root: { algorithm: 'ed25519', period: null, lead: PUBLICATION_LEAD_SECONDS, destruction: 'never' },
};

/** Bytes of every secret but an RSA key's: HMAC-SHA-256 and AES-256 keys, Ed25519 seeds (RFC 8032). */
export const SECRET_BYTES = 32;
