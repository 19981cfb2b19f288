import { randomBytes } from 'node:crypto';
import { hashSecret } from '../secret-token.js';

const CODES = 10;
/** 80 bits: too many to try from a stolen database, which keeps SHA-256 of each. */
const CODE_BYTES = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Ten one-time codes, each `xxxx-xxxx-xxxx-xxxx` in base32 (RFC 4648 section 6). */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => base32(randomBytes(CODE_BYTES)).replace(/.{4}(?=.)/g, '$&-'));
}

/** What the database keeps of a code; case, spaces and dashes do not matter. */
export function hashRecoveryCode(code: string): Buffer {
  return hashSecret(code.toLowerCase().replace(/[\s-]/g, ''));
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => ALPHABET[parseInt(five, 2)]);
}
