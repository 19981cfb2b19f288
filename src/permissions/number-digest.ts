import { createHmac } from 'node:crypto';
import type { Key } from '../platform/keys/index.js';

/** What a number is stored as: HMAC-SHA-256 under a number-hmac key, 32 bytes. */
export function numberDigest(number: string, key: Pick<Key, 'secret'>): Buffer {
  return createHmac('sha256', key.secret).update(number, 'latin1').digest();
}

/** The digests that a number may be stored as: one for each live key. */
export function numberDigests(number: string, keys: readonly Pick<Key, 'secret'>[]): Buffer[] {
  return keys.map((key) => numberDigest(number, key));
}
