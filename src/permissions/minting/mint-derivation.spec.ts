import { createHmac, randomBytes } from 'node:crypto';
import { deriveNumber, deriveNumbers } from './mint-derivation.js';
import { parseNumber } from '../number-format.js';

const seed = { secret: Buffer.alloc(32, 1), nonce: Buffer.alloc(16, 2), digits: 12 };

test('is HMAC-SHA-256 of nonce, index and attempt, reduced to 11 digits', () => {
  const input = Buffer.concat([seed.nonce, Buffer.from('0000000700000000', 'hex')]);
  const word = createHmac('sha256', seed.secret).update(input).digest().readBigUInt64BE(0);
  expect(deriveNumber(seed, 7).slice(0, 11)).toBe((word % 10n ** 11n).toString().padStart(11, '0'));
});

test('gives the same numbers again, all of them well formed and different', () => {
  const numbers = deriveNumbers(seed, 1000, []);
  expect(deriveNumbers(seed, 1000, [])).toEqual(numbers);
  expect(new Set(numbers).size).toBe(1000);
  for (const number of numbers) expect(parseNumber(number, 12)).toEqual({ ok: true, number });
});

test('leaves skipped candidates out and goes on with the next', () => {
  const all = deriveNumbers(seed, 6, []);
  expect(deriveNumbers(seed, 4, [1, 4])).toEqual([all[0], all[2], all[3], all[5]]);
});

test('depends on key, nonce, index and length', () => {
  const base = deriveNumber(seed, 0);
  expect(deriveNumber({ ...seed, secret: Buffer.alloc(32, 9) }, 0)).not.toBe(base);
  expect(deriveNumber({ ...seed, nonce: Buffer.alloc(16, 9) }, 0)).not.toBe(base);
  expect(deriveNumber(seed, 1)).not.toBe(base);
  expect(deriveNumber({ ...seed, digits: 10 }, 0)).toHaveLength(10);
});

test('is uniform where a plain remainder would not be', () => {
  const seeds = { secret: randomBytes(32), nonce: randomBytes(16), digits: 20 };
  // 10^19 numbers, 1.84 x 10^19 words: a plain remainder would give the first 84 % of them twice the others' weight.
  const draws = 4000;
  let low = 0;
  for (let index = 0; index < draws; index++) {
    if (BigInt(deriveNumber(seeds, index).slice(0, 19)) < (1n << 64n) - 10n ** 19n) low++;
  }
  const expected = draws * (Number((1n << 64n) - 10n ** 19n) / 1e19);
  expect(Math.abs(low - expected)).toBeLessThan(6 * Math.sqrt(draws * 0.845 * 0.155));
});
