import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { type BatchMeta, encodeCompact, encodeFull, sortUnique, withSignature } from 'cen-client/encode';
import { compactBytes, falseMatches, fullBytes } from './compact-size.js';

const crypto = {
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
  aesEcb: (key: Uint8Array, blocks: Uint8Array) =>
    createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(blocks),
  randomBytes,
};

const META: BatchMeta = {
  region: 0n,
  slotStart: 1_900_800_000,
  slotSeconds: 3600,
  sealedAt: 1_900_803_601,
  part: 0,
  keyId: '0011223344556677',
};

const SIGNATURE = new Uint8Array(64);

describe('the size of a batch that is planned for', () => {
  it.each([
    [3_000, 40],
    [10_000, 40],
    [32_767, 40],
    [32_768, 40],
    [50_000, 40],
    [65_000, 40],
    [200_000, 40],
    [32_768, 32],
    [100_000, 32],
  ] as const)('is within 0.5 %% of the real file of %i CENs with P = %i', (count, remainderBits) => {
    const cens = sortUnique(randomBytes(16 * count));
    const file = withSignature(encodeCompact(META, cens, { ...crypto, remainderBits }), SIGNATURE);
    expect(Math.abs(compactBytes(count, remainderBits) / file.length - 1)).toBeLessThan(0.005);
  });

  it('is exact of the full encoding', () => {
    const file = withSignature(encodeFull(META, sortUnique(randomBytes(16 * 777)), crypto), SIGNATURE);
    expect(fullBytes(777)).toBe(file.length);
  });

  it('is nothing where nothing is published', () => {
    expect([compactBytes(0), fullBytes(0), falseMatches(0, 9072)]).toEqual([0, 0, 0]);
  });

  it('gives false matches between 2^-(P+1) and 2^-P a look-up', () => {
    expect(falseMatches(2 ** 16, 1)).toBeCloseTo(2 ** -41, 20);
    expect(falseMatches(2 ** 17 - 1, 1, 32) * 2 ** 32).toBeCloseTo(1, 4);
  });
});
