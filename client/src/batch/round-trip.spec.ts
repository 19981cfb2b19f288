import fc from 'fast-check';
import { createCipheriv } from 'node:crypto';
import { encodeCompact, encodeFull, sortUnique } from '../encode/index.js';
import { compactOptions, meta, randomCens, seal, sha256 } from '../testing/seal.js';
import { decodeBatch } from './decode-batch.js';
import { MAX_CENS } from './shape.js';

/** Protocol §7 read word for word, with big integers and no tricks. */
function hashesByTheBook(cens: Uint8Array, salt: Uint8Array, w: number): bigint[] {
  const cipher = createCipheriv('aes-128-ecb', salt, null).setAutoPadding(false);
  const hashes = Array.from({ length: cens.length / 16 }, (_, i) => {
    const cen = cens.subarray(16 * i, 16 * i + 16);
    const h = Buffer.from(cipher.update(cen).map((byte, at) => byte ^ cen[at]!));
    return h.readBigUInt64LE(0) >> BigInt(64 - w);
  });
  return hashes.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const sizes = [1, 2, 3, 7, 8, 255, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 4095, 4096, 8192, 20_000];

describe('encoding and decoding', () => {
  it.each(sizes)('gives back %i CENs from a full batch', (count) => {
    const cens = randomCens(count);
    const decoded = decodeBatch(seal('full', cens));
    if (decoded.header.encoding !== 'full') throw new Error('not full');
    expect(Buffer.from((decoded as { cens: Uint8Array }).cens).equals(Buffer.from(cens))).toBe(true);
    expect(decoded.header).toMatchObject({ ...meta, count, payloadBytes: 16 * count });
  });

  it.each(sizes.flatMap((count) => [[count, 40] as const, [count, 32] as const]))(
    'gives back the hashes of %i CENs from a compact batch with P = %i',
    (count, remainderBits) => {
      const cens = randomCens(count);
      const decoded = decodeBatch(seal('compact', cens, { remainderBits }));
      if (!('hashes' in decoded)) throw new Error('not compact');
      const w = remainderBits + 1 + Math.floor(Math.log2(count));
      const b = count < 512 ? 0 : Math.floor(Math.log2(count / 512));
      expect(decoded.header).toMatchObject({ ...meta, count, hashBits: w, blockBits: b, remainderBits });
      expect([...decoded.hashes]).toEqual(hashesByTheBook(cens, decoded.header.salt, w));
    },
  );

  it('keeps every field of the header', () => {
    const about = fc.record({
      region: fc.constantFrom(0n, 0x8001fffffffffffn, 0x831faafffffffffn, 0x81083ffffffffffn),
      slot: fc.integer({ min: 0, max: 40_000 }),
      slotSeconds: fc.constantFrom(1, 60, 3600, 86_400),
      delay: fc.integer({ min: 0, max: 1e6 }),
      part: fc.nat(255),
      keyId: fc.stringMatching(/^[0-9a-f]{16}$/),
    });
    fc.assert(
      fc.property(about, fc.constantFrom('full' as const, 'compact' as const), (fields, encoding) => {
        const { region, slotSeconds, part, keyId } = fields;
        const slotStart = fields.slot * slotSeconds;
        const sealedAt = slotStart + slotSeconds + fields.delay;
        const wanted = { region, slotStart, slotSeconds, sealedAt, part, keyId };
        const { file } =
          encoding === 'full'
            ? encodeFull(wanted, randomCens(3), { sha256 })
            : encodeCompact(wanted, randomCens(3), compactOptions);
        expect(decodeBatch(file).header).toMatchObject({ ...wanted, encoding, count: 3 });
      }),
    );
  });

  it('takes 41.4 to 42.7 bits per CEN', () => {
    // Worst just above a power of two, best just below (the entropy of such a set is 41.44 to 42.44).
    const bits = [16_384, 24_000, 32_767].map((count) => {
      const { header } = encodeCompact(meta, randomCens(count), compactOptions);
      return (header.payloadBytes * 8) / count;
    });
    expect(bits[0]).toBeLessThan(42.8);
    expect(bits[2]).toBeLessThan(41.8);
    expect(Math.min(...bits)).toBeGreaterThan(41.4);
  });
});

describe('the encoder', () => {
  it('draws another salt when two hashes are equal', () => {
    const salts = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
    const drawn: Uint8Array[] = [];
    const cens = randomCens(2);
    const { header } = encodeCompact(meta, cens, {
      ...compactOptions,
      // Under the first salt every "encryption" cancels the CEN out: all hashes are zero.
      aesEcb: (salt, blocks) => (salt[0] === 1 ? blocks : compactOptions.aesEcb(salt, blocks)),
      randomBytes: () => {
        drawn.push(salts[drawn.length]!);
        return drawn.at(-1)!;
      },
    });
    expect(drawn).toHaveLength(2);
    expect(header.salt).toEqual(salts[1]);
  });

  it('gives up on a generator that never helps', () => {
    const stuck = { ...compactOptions, aesEcb: (_: Uint8Array, blocks: Uint8Array) => blocks };
    expect(() => encodeCompact(meta, randomCens(2), stuck)).toThrow(/random generator/);
  });

  it.each([
    ['no CEN', new Uint8Array(0), {}],
    ['part of a CEN', new Uint8Array(24), {}],
    ['CENs out of order', Uint8Array.from({ length: 32 }, (_, i) => (i < 16 ? 1 : 0)), {}],
    ['a CEN twice', new Uint8Array(32), {}],
    ['a slot that does not divide a day', randomCens(1), { slotSeconds: 7, slotStart: 0 }],
    ['a slot that starts between two', randomCens(1), { slotStart: meta.slotStart + 1 }],
    ['a sealing before the end of the slot', randomCens(1), { sealedAt: meta.slotStart }],
    ['a cell too fine for a region', randomCens(1), { region: 0x8428309ffffffffn }],
    ['part 256', randomCens(1), { part: 256 }],
    ['a short key id', randomCens(1), { keyId: '00' }],
  ])('refuses %s', (_, cens, changes) => {
    expect(() => encodeFull({ ...meta, ...changes }, cens, { sha256 })).toThrow(RangeError);
    expect(() => encodeCompact({ ...meta, ...changes }, cens, compactOptions)).toThrow(RangeError);
  });

  it('refuses 2^23 CENs', () => {
    const tooMany = new Uint8Array(16 * (MAX_CENS + 1));
    expect(() => encodeFull(meta, tooMany, { sha256 })).toThrow(/1 to 8388607/);
  });

  it('is ready for what sortUnique returns', () => {
    const cens = sortUnique(Buffer.concat([randomCens(500), randomCens(500)]));
    expect(decodeBatch(seal('full', cens)).header.count).toBe(1000);
  });
});
