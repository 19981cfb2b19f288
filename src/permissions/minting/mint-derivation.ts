import { createHmac } from 'node:crypto';
import { numberFrom, type PermissionNumber } from '../number-format.js';

/** What an order's numbers follow from, besides the mint key. */
export interface MintSeed {
  /** 32 bytes under the mint-prf key. */
  readonly secret: Buffer;
  /** 16 random bytes of the order. */
  readonly nonce: Buffer;
  /** Length of a number with its check digit, 2 to 20: 10^19 is the last power of ten below 2^64. */
  readonly digits: number;
}

/** A PRF output is read as words of this many bytes. */
const WORD_BYTES = 8;
const WORD_RANGE = 1n << 64n;

/**
 * Candidate `index` of an order: a PRF (HMAC-SHA-256) of nonce, index and attempt, uniform over all numbers. A word at
 * or above the largest multiple of 10^(digits − 1) is rejected, since it would favour small numbers.
 */
export function deriveNumber({ secret, nonce, digits }: MintSeed, index: number): PermissionNumber {
  const numbers = 10n ** BigInt(digits - 1);
  const unbiasedBelow = WORD_RANGE - (WORD_RANGE % numbers);
  for (let attempt = 0; ; attempt++) {
    const output = createHmac('sha256', secret)
      .update(prfInput(nonce, index, attempt))
      .digest();
    for (let at = 0; at < output.length; at += WORD_BYTES) {
      const word = output.readBigUInt64BE(at);
      if (word < unbiasedBelow) return numberFrom(word % numbers, digits);
    }
  }
}

/** The numbers of an order: its first `count` candidates that are not among the skipped. */
export function deriveNumbers(seed: MintSeed, count: number, skipped: readonly number[]): PermissionNumber[] {
  const skip = new Set(skipped);
  const numbers: PermissionNumber[] = [];
  for (let index = 0; numbers.length < count; index++) {
    if (!skip.has(index)) numbers.push(deriveNumber(seed, index));
  }
  return numbers;
}

function prfInput(nonce: Buffer, index: number, attempt: number): Buffer {
  const input = Buffer.alloc(nonce.length + 8);
  nonce.copy(input);
  input.writeUInt32BE(index, nonce.length);
  input.writeUInt32BE(attempt, nonce.length + 4);
  return input;
}
