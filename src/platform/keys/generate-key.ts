import { randomBytes } from 'node:crypto';
import { publicKeyOf, thumbprintId } from './ed25519.js';
import type { KeyVersion } from './key.js';
import { KEY_POLICIES, PURPOSES, SECRET_BYTES, type Purpose } from './purposes.js';

/** A source of cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Buffer;

export interface KeyTimes {
  readonly createdAt: number;
  readonly activeFrom: number;
}

export function generateKey(purpose: Purpose, times: KeyTimes, random: RandomBytes = randomBytes): KeyVersion {
  const secret = random(SECRET_BYTES);
  if (KEY_POLICIES[purpose].algorithm !== 'ed25519') {
    return { purpose, id: random(8).toString('hex'), ...times, secret };
  }
  const publicKey = publicKeyOf(secret);
  return { purpose, id: thumbprintId(publicKey), ...times, secret, publicKey };
}

/** A first ring: one version of every purpose, in use at once because nobody holds an older list. */
export function generateKeyRing(now: number, random: RandomBytes = randomBytes): KeyVersion[] {
  return PURPOSES.map((purpose) => generateKey(purpose, { createdAt: now, activeFrom: now }, random));
}
