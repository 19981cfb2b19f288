import fc from 'fast-check';
import { BatchError } from './batch-error.js';
import type { BlockShape } from './block-layout.js';
import { decodeBlock } from './decode-block.js';
import type { RemainderBits } from './shape.js';
import { BlockSkimmer } from './skim-block.js';

const shapeOf = (remainderBits: RemainderBits): BlockShape => ({ remainderBits, limit: 2 ** (remainderBits + 10) });

/** Protocol §7 read word for word: a block of ascending offsets. */
function blockOf(offsets: readonly number[], remainderBits: RemainderBits): Uint8Array {
  const unit = 2 ** remainderBits;
  const gaps = offsets.map((offset, i) => offset - (offsets[i - 1] ?? -1) - 1);
  const bits = gaps.flatMap((gap) => [...Array<number>(Math.floor(gap / unit)).fill(0), 1]);
  const quotients = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => (quotients[at >> 3]! |= bit << (at & 7)));
  const remainders = Buffer.alloc((offsets.length * remainderBits) / 8);
  gaps.forEach((gap, i) => remainders.writeUIntLE(gap % unit, (i * remainderBits) / 8, remainderBits / 8));
  return Buffer.concat([Buffer.from(Uint16Array.of(offsets.length).buffer), quotients, remainders]);
}

function attempt<Result>(work: () => Result): Result | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof BatchError) return error.code;
    throw error;
  }
}

function decoded(block: Uint8Array, shape: BlockShape): number[] | string {
  const offsets = new Float64Array(16_383);
  return attempt(() => [...offsets.subarray(0, decodeBlock(block, shape, offsets))]);
}

/** Offsets of a block: anywhere, crowded, or at the edges of what the leading bits tell apart. */
const someBlock = fc.constantFrom<RemainderBits>(40, 32).chain((remainderBits) => {
  const { limit } = shapeOf(remainderBits);
  const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((at) => Math.floor(at * limit));
  const near = (unit: number) =>
    fc.tuple(fc.nat(limit / unit - 2), fc.integer({ min: 0, max: 3 })).map(([n, more]) => n * unit + more);
  const offset = fc.oneof(anywhere, near(2 ** 32), near(2 ** 16), near(2 ** 8), fc.nat(200));
  const edges = fc.oneof(
    { weight: 3, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.subarray([0, 1, limit - 2, limit - 1]) },
  );
  return fc.tuple(fc.array(offset, { maxLength: 600, size: 'max' }), edges).map((parts) => {
    const offsets = [...new Set(parts.flat())].sort((a, b) => a - b);
    return { shape: shapeOf(remainderBits), offsets, block: blockOf(offsets, remainderBits) };
  });
});

describe('skimming a block', () => {
  it('counts its entries and misses none of them', () => {
    fc.assert(
      fc.property(someBlock, ({ shape, offsets, block }) => {
        expect(decoded(block, shape)).toEqual(offsets);
        const skimmer = new BlockSkimmer(shape);
        const count = skimmer.skim(block);
        // So near to the limit that only decoding tells on which side of it.
        if (count === undefined) expect(shape.limit - offsets.at(-1)!).toBeLessThan(offsets.length * 2 ** 16);
        else expect(count).toBe(offsets.length);
        if (count !== undefined) expect(offsets.filter((offset) => !skimmer.mayHold(offset))).toEqual([]);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('takes hardly any hash for one of its entries that is not', () => {
    const random = () => Math.floor(Math.random() * 2 ** 50);
    const offsets = [...new Set(Array.from({ length: 900 }, random))].sort((a, b) => a - b);
    const skimmer = new BlockSkimmer(shapeOf(40));
    expect(skimmer.skim(blockOf(offsets, 40))).toBe(offsets.length);
    const others = Array.from({ length: 20_000 }, random);
    // 900 intervals, the last of them 900 · 2^16 wide, in 2^50: 0.5 are expected.
    expect(others.filter((offset) => skimmer.mayHold(offset)).length).toBeLessThan(10);
  });

  it('refuses what decoding refuses, by the same name, and nothing else', () => {
    const change = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(7), fc.boolean());
    const changed = fc
      .tuple(
        someBlock,
        fc.array(change, { maxLength: 4 }),
        // As long as it was in a third of them: else hardly a block stays valid.
        fc.oneof(fc.constant(0), fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 })),
        fc.constantFrom(1, 0.5, 2 ** -10),
      )
      .map(([{ shape: valid, block }, changes, more, part]) => {
        const shape = { ...valid, limit: valid.limit * part };
        const bytes = Buffer.alloc(Math.max(2, block.length + more));
        bytes.set(block.subarray(0, bytes.length));
        for (const [at, bit, isEarly] of changes)
          bytes[Math.floor(at * (isEarly ? 8 : bytes.length)) % bytes.length]! ^= 1 << bit;
        return { shape, block: bytes };
      });
    const outcomes = new Set<unknown>();
    fc.assert(
      fc.property(changed, ({ shape, block }) => {
        const expected = decoded(block, shape);
        const skimmer = new BlockSkimmer(shape);
        const found = attempt(() => skimmer.skim(block));
        if (found === undefined) return void outcomes.add(typeof expected === 'string' ? expected : 'decoded');
        outcomes.add(typeof found === 'string' ? found : 'skimmed');
        expect(found).toBe(typeof expected === 'string' ? expected : expected.length);
        if (typeof expected !== 'string') expect(expected.every((offset) => skimmer.mayHold(offset))).toBe(true);
      }),
      { numRuns: 1000, endOnFailure: true },
    );
    for (const code of ['skimmed', 'bad-block-length', 'bad-quotients', 'bad-padding', 'out-of-range'])
      expect(outcomes).toContain(code);
  });

  it('leaves a block with more quotients than any valid one to the decoder', () => {
    const block = Buffer.alloc(2 + 60_000 + 5);
    block.writeUInt16LE(1);
    block[60_001] = 1;
    expect(new BlockSkimmer(shapeOf(40)).skim(block)).toBeUndefined();
    expect(decoded(block, shapeOf(40))).toBe('out-of-range');
  });

  it('has room for the fullest block', () => {
    for (const remainderBits of [40, 32] as const) {
      const count = Math.floor((65_535 - 2 - 128) / (remainderBits / 8 + 1 / 8));
      // The first as far from the start as it can be: 1,023 zeros, then only ones.
      const offsets = Array.from({ length: count }, (_, i) => 1023 * 2 ** remainderBits + i);
      const block = blockOf(offsets, remainderBits);
      expect(block.length).toBeGreaterThan(65_500);
      const skimmer = new BlockSkimmer(shapeOf(remainderBits));
      expect(skimmer.skim(block)).toBe(count);
      expect(skimmer.mayHold(offsets.at(-1)!)).toBe(true);
      expect(skimmer.mayHold(offsets[0]! - 2 ** 40)).toBe(false);
    }
  });
});
