import { randomBytes } from 'node:crypto';
import { numberDigest } from './number-digest.js';
import { numberFrom } from './number-format.js';

const DIGITS = 6;

/** What a thief of the database does: tries every number there is under a key, and looks the digests up. */
function recover(stolen: readonly Buffer[], secret: Buffer): string[] {
  const digests = new Set(stolen.map((digest) => digest.toString('hex')));
  const found: string[] = [];
  for (let random = 0n; random < 10n ** BigInt(DIGITS - 1); random++) {
    const number = numberFrom(random, DIGITS);
    if (digests.has(numberDigest(number, { secret }).toString('hex'))) found.push(number);
  }
  return found;
}

describe('stolen digests of six-digit numbers', () => {
  const secret = randomBytes(32);
  const numbers = [numberFrom(314n, DIGITS), numberFrom(27182n, DIGITS), numberFrom(99999n, DIGITS)];
  const stolen = numbers.map((number) => numberDigest(number, { secret }));

  test.each([
    ['no key', Buffer.alloc(0)],
    ['a guessed key', randomBytes(32)],
    ['all of the key but one bit', Buffer.from(secret.map((byte, at) => (at === 31 ? byte ^ 1 : byte)))],
  ])('give no number away to a search of all numbers with %s', (_with, guessed) => {
    expect(recover(stolen, guessed)).toEqual([]);
  });

  test('give all of them away with the key, which is why it lives outside the database', () => {
    expect(recover(stolen, secret)).toEqual(numbers);
  });
});
