import fc from 'fast-check';
import { distinctCens } from './distinct-cens.js';

/** CENs of 16 bytes as words. */
const wordsOf = (hex: readonly string[]) => new Int32Array(new Uint8Array(Buffer.from(hex.join(''), 'hex')).buffer);
const hexOf = (words: Int32Array) =>
  Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('hex').match(/.{32}/g) ?? [];

/** Few different bytes, so that CENs repeat and share long beginnings and ends. */
const cen = fc
  .array(fc.constantFrom('00', '01', '80', 'ff'), { minLength: 16, maxLength: 16 })
  .map((bytes) => bytes.join(''));
const alike = fc
  .tuple(fc.constantFrom('00', 'ff'), fc.constantFrom(0, 4, 8, 12), fc.nat(3))
  .map(([fill, at, value]) => {
    const bytes = Buffer.alloc(16, fill, 'hex');
    bytes.writeUInt32LE(value, at);
    return bytes.toString('hex');
  });

describe('distinctCens', () => {
  it('keeps each CEN once, in the order in which they came first', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(cen, alike), { maxLength: 300 }), (cens) => {
        expect(hexOf(distinctCens(wordsOf(cens)))).toEqual([...new Set(cens)]);
      }),
      { numRuns: 500 },
    );
  });

  it('finds what is repeated among more CENs than it has places for', () => {
    const cens = Array.from({ length: 70_000 }, (_, i) => (i * 0x9e37).toString(16).padStart(32, '0'));
    const again = [cens[3], cens[65_534], cens[65_535], cens[69_999]];
    // Compared as one text: Jest takes seconds for so many.
    expect(hexOf(distinctCens(wordsOf([...cens, ...again]))).join() === cens.join()).toBe(true);
  });

  it('works in place: what it returns is the front of what it was given', () => {
    const words = wordsOf(['00'.repeat(16), '00'.repeat(16), '01'.repeat(16)]);
    const distinct = distinctCens(words);
    expect([distinct.buffer === words.buffer, distinct.byteOffset, distinct.length]).toEqual([
      true,
      words.byteOffset,
      8,
    ]);
  });

  /** Slowest of a few kinds that a sender can choose; a table that they make collide takes hundreds of times as long. */
  const COUNT = 16_000;
  const KINDS: [string, (index: number, word: number) => number][] = [
    ['that differ in the upper four bits of each word', (index, word) => ((index >>> (4 * word)) & 15) << 28],
    ['that differ in the upper bits of one word', (index, word) => (word === 3 ? index << 17 : 0)],
    ['that differ in the lower bits of one word', (index, word) => (word === 0 ? index : 0)],
    ['that differ in both halves of one word', (index, word) => (word === 1 ? Math.imul(index, 0x10001) : 7)],
    ['that differ in the middle of each word', (index, word) => ((index >>> (4 * word)) & 15) << 14],
  ];

  it.each(KINDS)('takes about as long for %s as for random ones', (_, wordOf) => {
    const chosen = Int32Array.from({ length: COUNT * 4 }, (_unused, at) => wordOf(at >>> 2, at & 3));
    const random = Int32Array.from({ length: COUNT * 4 }, () => Math.random() * 2 ** 32);
    const times = fastest([random, chosen]);
    expect(times[1]).toBeLessThan(3 * times[0]);
  });

  /** Of each its fastest time, taken in turns: whatever the compiler and the machine do meanwhile meets all alike. */
  function fastest(kinds: readonly Int32Array[]): number[] {
    const rounds = Array.from({ length: 40 }, () => kinds.map(timeOf));
    return kinds.map((_, kind) => Math.min(...rounds.map((times) => times[kind])));
  }

  function timeOf(words: Int32Array): number {
    const copy = words.slice();
    const before = performance.now();
    distinctCens(copy);
    return performance.now() - before;
  }
});
