import fc from 'fast-check';
import { compareCens, isStrictlyAscending } from './cen-order.js';

/** Bytes from which signs, high bits and long common prefixes come. */
const byte = fc.constantFrom(0, 1, 127, 128, 255);
const cen = fc
  .tuple(byte, fc.nat(15), byte)
  .map(([fill, at, value]) => Uint8Array.from({ length: 16 }, (_, i) => (i === at ? value : fill)));

describe('the order of CENs', () => {
  it('finds any two neighbours that do not ascend, whichever byte decides', () => {
    fc.assert(
      fc.property(fc.array(cen, { maxLength: 8 }), fc.boolean(), (cens, inOrder) => {
        const packed = Buffer.concat(inOrder ? cens.sort((a, b) => Buffer.compare(a, b)) : cens);
        const ascends = cens.every((one, i) => i === 0 || Buffer.compare(cens[i - 1]!, one) < 0);
        expect(isStrictlyAscending(packed)).toBe(ascends);
      }),
      { numRuns: 1000 },
    );
  });

  it('compares as bytes', () => {
    fc.assert(
      fc.property(cen, cen, (a, b) => {
        expect(Math.sign(compareCens(a, 0, b, 0))).toBe(Buffer.compare(a, b));
      }),
    );
  });
});
