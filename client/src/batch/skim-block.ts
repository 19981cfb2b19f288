import { blockLayout, checkQuotients, QUOTIENTS_AT, quotientWord } from './block-layout.js';
import type { BlockShape } from './block-layout.js';
import { MAX_BLOCK_BYTES } from './shape.js';

/** Leading bits of each remainder that are looked at. */
const TOP_BITS = 24;

/**
 * Most words of quotients that a valid block has: a bit for each entry, remainders being four bytes at least, and fewer than 2^10
 * zeros, since hashes in a block are below 2^(P + 10). Of another nothing is kept: writing past the end of an array does nothing.
 */
const MOST_WORDS = Math.ceil((MAX_BLOCK_BYTES / 4 + 2 ** 10) / 32);

/**
 * Looks over blocks of a compact payload without decoding them, in a third of the time: of each remainder only the leading
 * bits, which are summed up word by word of the quotients. This bounds every hash from both sides, so closely that hardly any
 * that is not in the block seems to be. Checks all that {@link decodeBlock} checks.
 */
export class BlockSkimmer {
  /** Of each word of quotients: entries before it, the sum of their leading bits, and the most that the last hash in it can be. */
  readonly #starts = new Int32Array(MOST_WORDS);
  readonly #sums = new Float64Array(MOST_WORDS);
  readonly #ends = new Float64Array(MOST_WORDS);
  readonly #remainderBytes: number;
  readonly #limit: number;
  readonly #quotientUnit: number;
  /** What the leading bits count. */
  readonly #topUnit: number;
  #block: DataView = new DataView(new ArrayBuffer(0));
  #words = 0;
  #remaindersAt = 0;

  constructor({ remainderBits, limit }: BlockShape) {
    this.#remainderBytes = remainderBits / 8;
    this.#limit = limit;
    this.#quotientUnit = 2 ** remainderBits;
    this.#topUnit = 2 ** (remainderBits - TOP_BITS);
  }

  /**
   * The number of entries of the block, which {@link mayHold} then speaks of, as long as its bytes stay as they are. Undefined where
   * the block has to be decoded to tell whether it is valid. Throws BatchError as `decodeBlock` does.
   */
  skim(block: Uint8Array): number | undefined {
    const view = new DataView(block.buffer, block.byteOffset, block.length);
    const remainderBytes = this.#remainderBytes;
    const layout = blockLayout(view, remainderBytes);
    const { entries, remaindersAt } = layout;

    let words = 0;
    let i = 0;
    let sum = 0;
    let lastBit = -1;
    let end = -1;
    let at = remaindersAt + this.#topAt();
    for (let wordAt = QUOTIENTS_AT; wordAt < remaindersAt; wordAt += 4) {
      this.#starts[words] = i;
      this.#sums[words] = sum;
      const word = quotientWord(view, wordAt, remaindersAt);
      if (word !== 0) {
        const ones = countOnes(word);
        if (i + ones > entries) checkQuotients(layout, i + ones, lastBit);
        // 32 times 24 bits: a small integer, which is quicker than a float.
        let tops = 0;
        for (const until = at + ones * remainderBytes; at < until; at += remainderBytes)
          tops += view.getUint32(at, true) >>> 8;
        sum += tops;
        i += ones;
        lastBit = (wordAt - QUOTIENTS_AT) * 8 + 31 - Math.clz32(word);
        end = this.#least(lastBit, i - 1, sum) + this.#slack(i - 1);
      }
      this.#ends[words++] = end;
    }
    checkQuotients(layout, i, lastBit);
    // Also where sums are beyond 2^53 and rounded, as in `decodeBlock`.
    if (end >= this.#limit) return undefined;
    this.#block = view;
    this.#words = words;
    this.#remaindersAt = remaindersAt;
    return entries;
  }

  /** False if the hash is not in the block; true if it is, and for hardly any other. */
  mayHold(offset: number): boolean {
    const word = this.#wordOf(offset);
    if (word === this.#words) return false;
    const wordAt = QUOTIENTS_AT + word * 4;
    let i = this.#starts[word]!;
    let sum = this.#sums[word]!;
    let at = this.#remaindersAt + i * this.#remainderBytes + this.#topAt();
    for (let bits = quotientWord(this.#block, wordAt, this.#remaindersAt); bits !== 0; bits &= bits - 1) {
      sum += this.#block.getUint32(at, true) >>> 8;
      const least = this.#least(word * 32 + 31 - Math.clz32(bits & -bits), i, sum);
      // Both bounds ascend: the first entry that is not certainly before it decides.
      if (offset <= least + this.#slack(i)) return offset >= least;
      at += this.#remainderBytes;
      i++;
    }
    return false;
  }

  /** The first word in which an entry may be that large. */
  #wordOf(offset: number): number {
    let low = 0;
    for (let high = this.#words; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The least that the i-th hash can be, by the last bit of its quotient and the leading bits up to it; see `decodeBlock`. */
  #least(lastBit: number, i: number, sumOfTops: number): number {
    return (lastBit - i) * this.#quotientUnit + sumOfTops * this.#topUnit + i;
  }

  /** What the bits that are not looked at can add to the i-th hash. */
  #slack(i: number): number {
    return (i + 1) * (this.#topUnit - 1);
  }

  /** The last four bytes of a remainder, of which the first has none of the leading bits. */
  #topAt(): number {
    return this.#remainderBytes - 4;
  }
}

function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
