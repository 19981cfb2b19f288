import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { dropDuplicates, groupByFirstByte, sortGroups, sortUnique } from './sort-unique.js';

/** The obvious way: hex strings in a set. */
function slowly(packed: Uint8Array): string[] {
  const hex = Array.from({ length: packed.length / 16 }, (_, i) =>
    Buffer.from(packed.subarray(16 * i, 16 * i + 16)).toString('hex'),
  );
  return [...new Set(hex)].sort();
}

function unpack(packed: Uint8Array): string[] {
  return Array.from({ length: packed.length / 16 }, (_, i) =>
    Buffer.from(packed.subarray(16 * i, 16 * i + 16)).toString('hex'),
  );
}

describe('sorting CENs', () => {
  it('sorts by bytes and drops duplicates, whatever the values', () => {
    // Few byte values and few varying positions make long common prefixes, ties and many duplicates.
    const cen = fc.tuple(fc.constantFrom(0, 1, 255), fc.nat(15), fc.nat(255)).map(([fill, at, byte]) => {
      const bytes = new Uint8Array(16).fill(fill);
      bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.array(cen, { maxLength: 400, size: 'max' }), (cens) => {
        const packed = Buffer.concat(cens);
        const before = packed.toString('hex');
        expect(unpack(sortUnique(packed))).toEqual(slowly(packed));
        expect(packed.toString('hex')).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 2, 31, 32, 33, 255, 1000, 20_000])('sorts %i random CENs', (count) => {
    const packed = randomBytes(16 * count);
    expect(unpack(sortUnique(packed))).toEqual(slowly(packed));
  });

  it('sorts a view that starts at an odd byte', () => {
    const packed = new Uint8Array(randomBytes(16 * 100 + 3)).subarray(3);
    expect(unpack(sortUnique(packed))).toEqual(slowly(packed));
  });

  it('sorts in shares of first bytes what it sorts at once, whatever their border and order', () => {
    const packed = randomBytes(16 * 5000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 256 }), fc.boolean(), (border, upperFirst) => {
        const grouped = groupByFirstByte([packed, packed.subarray(0, 160)]);
        const shares = [() => sortGroups(grouped, 0, border), () => sortGroups(grouped, border, 256)];
        for (const sort of upperFirst ? shares.reverse() : shares) sort();
        expect(dropDuplicates(grouped.packed)).toEqual(sortUnique(packed));
      }),
      { numRuns: 30 },
    );
  });

  it('refuses bytes that are not whole CENs', () => {
    expect(() => sortUnique(new Uint8Array(17))).toThrow(RangeError);
  });

  it('takes no longer for chosen CENs than a few times what random ones take', () => {
    const count = 200_000;
    const random = randomBytes(16 * count);
    const chosen = new Uint8Array(16 * count);
    // Each of 16 bytes splits in two: the worst case, a pass per byte.
    for (let i = 0; i < count; i++) for (let bit = 0; bit < 16; bit++) chosen[16 * i + bit] = (i >> bit) & 1;
    sortUnique(random);
    expect(milliseconds(() => sortUnique(chosen))).toBeLessThan(20 * milliseconds(() => sortUnique(random)) + 50);
  });
});

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
