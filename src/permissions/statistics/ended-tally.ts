import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key, KeyRing } from '../../platform/keys/index.js';
import { type Ends, NO_ENDS, sum } from './cohorts.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENTRY_BYTES = 24;
/** Room for 42 authorities: up to there the size of a tally says nothing. */
const PADDED_TO = 42 * ENTRY_BYTES;

/** By authority, ends that have not been told yet. */
export type Tally = ReadonlyMap<string, Ends>;

/** One row of `ended_tally`. */
export interface SealedTally {
  readonly id: string;
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** Of each authority the ends of all tallies together. */
export function addUp(tallies: readonly Tally[]): Map<string, Ends> {
  const total = new Map<string, Ends>();
  for (const [authority, ends] of tallies.flatMap((tally) => [...tally])) {
    total.set(authority, sum(total.get(authority) ?? NO_ENDS, ends));
  }
  return total;
}

/**
 * Encrypts a tally until the next sealing. A count that grows by one with each report would say more than the published tens:
 * nobody who holds the database alone can read it.
 */
export function sealTally(id: string, tally: Tally, key: Key): SealedTally {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, nonce).setAAD(boundTo(id));
  const sealed = Buffer.concat([nonce, cipher.update(encode(tally)), cipher.final(), cipher.getAuthTag()]);
  return { id, keyId: key.id, sealed };
}

/**
 * Reads a tally. Figures must not keep reports from being published: nothing when the ring lacks the row's key, or the row was
 * altered.
 */
export function openTally(row: SealedTally, keys: Pick<KeyRing, 'find'>): Tally | undefined {
  const key = keys.find('pending-aead', row.keyId);
  if (key === undefined) return undefined;
  try {
    return decode(decrypt(row, key));
  } catch {
    return undefined;
  }
}

function decrypt({ id, sealed }: SealedTally, key: Key): Buffer {
  const decipher = createDecipheriv(CIPHER, key.secret, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(id)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
}

/** Says what the row is, too: pending reports are under the same key. */
function boundTo(id: string): Buffer {
  return Buffer.from(`ended-tally ${id}`);
}

function encode(tally: Tally): Buffer {
  const bytes = Buffer.alloc(Math.max(1, Math.ceil((tally.size * ENTRY_BYTES) / PADDED_TO)) * PADDED_TO);
  [...tally].forEach(([authority, { redeemed, expired }], index) => {
    const at = index * ENTRY_BYTES;
    bytes.write(authority.replaceAll('-', ''), at, 'hex');
    bytes.writeUInt32LE(redeemed, at + 16);
    bytes.writeUInt32LE(expired, at + 20);
  });
  return bytes;
}

function decode(bytes: Buffer): Tally {
  const tally = new Map<string, Ends>();
  for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
    const ends = { redeemed: bytes.readUInt32LE(at + 16), expired: bytes.readUInt32LE(at + 20) };
    // An entry without ends is padding.
    if (ends.redeemed + ends.expired > 0) tally.set(uuidAt(bytes, at), ends);
  }
  return tally;
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
