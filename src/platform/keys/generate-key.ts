import { randomBytes } from 'node:crypto';
import { publicKeyOf, thumbprintId } from './ed25519.js';
import type { KeyVersion } from './key.js';
import { KEY_POLICIES, PURPOSES, SECRET_BYTES, type Purpose } from './purposes.js';
import { generateRsaSecret, rsaKeyId } from './rsa.js';

/** A source of cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Buffer;

export interface KeyTimes {
  readonly createdAt: number;
  readonly activeFrom: number;
}

export function generateKey(purpose: Purpose, times: KeyTimes, random: RandomBytes = randomBytes): KeyVersion {
  switch (KEY_POLICIES[purpose].algorithm) {
    case 'hmac':
    case 'aes':
      return { purpose, id: random(8).toString('hex'), ...times, secret: random(SECRET_BYTES) };
    case 'ed25519': {
      const secret = random(SECRET_BYTES);
      const publicKey = publicKeyOf(secret);
      return { purpose, id: thumbprintId(publicKey), ...times, secret, publicKey };
    }
    case 'rsa': {
      // OpenSSL's own randomness: whatever `random` is, no prime number comes of 32 bytes.
      const secret = generateRsaSecret();
      return { purpose, id: rsaKeyId(secret), ...times, secret };
    }
  }
}

/** A first ring: one version of every purpose, in use at once because nobody holds an older list. */
export function generateKeyRing(now: number, random: RandomBytes = randomBytes): KeyVersion[] {
  return PURPOSES.map((purpose) => generateKey(purpose, { createdAt: now, activeFrom: now }, random));
}
