import { copyOf } from '../bytes.js';
import { compareCens } from '../batch/cen-order.js';
import { CEN_BYTES } from '../batch/shape.js';

const WORDS = CEN_BYTES / 4;
const DIGITS = 256;
/** At or below this many CENs, comparing beats another pass over 256 counters; and 5 bits name one of them below. */
const SMALL = 32;
const SMALL_BITS = 5;

/**
 * Sorts packed CENs (16 bytes each), in one piece or in several, in ascending byte order and drops duplicates, into a new
 * array; the input stays as it is. Throws RangeError unless the length of each piece is a multiple of 16.
 *
 * A radix sort from the first byte on, one byte at a time: at most 16 passes whatever the input, so nobody who chooses
 * CENs can make it slow; uniformly random ones need two or three. Takes the input's size in memory, and that of the
 * CENs which begin with one byte: one in 256 of random ones.
 */
export function sortUnique(packed: Uint8Array | readonly Uint8Array[]): Uint8Array {
  return sortGrouped(groupByFirstByte(packed instanceof Uint8Array ? [packed] : packed));
}

/** CENs in the order of their first byte alone. */
export interface GroupedCens {
  readonly packed: Uint8Array;
  /** Where the CENs with each first byte end, counted in CENs. */
  readonly ends: Uint32Array;
}

/** The first step of `sortUnique`, which alone needs all pieces. `allocate` may give memory that threads share. */
export function groupByFirstByte(
  pieces: readonly Uint8Array[],
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): GroupedCens {
  if (pieces.some(({ length }) => length % CEN_BYTES !== 0)) {
    throw new RangeError('packed CENs are a multiple of 16 bytes');
  }
  const next = new Uint32Array(DIGITS);
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += CEN_BYTES) next[piece[at]!]!++;
  }
  const count = turnIntoStarts(next);
  const packed = new Uint8Array(allocate(count * CEN_BYTES));
  const words = new Uint32Array(packed.buffer);
  for (const piece of pieces) {
    const from = wordsOf(piece);
    for (let at = 0, word = 0; at < piece.length; at += CEN_BYTES, word += WORDS) {
      copyCen(from, word, words, next[piece[at]!]!++ * WORDS);
    }
  }
  return { packed, ends: next };
}

/** The other steps of `sortUnique`, in place. */
export function sortGrouped(cens: GroupedCens): Uint8Array {
  sortGroups(cens, 0, DIGITS);
  return dropDuplicates(cens.packed);
}

/** The second step, in place: sorts the CENs with a first byte from `from` to `to`, that one not included. Threads may share the values among them. */
export function sortGroups({ packed, ends }: GroupedCens, from: number, to: number): void {
  new CenSorter(packed, longestOf(ends)).sortGroups(ends, from, to);
}

/** The last step: of sorted CENs the distinct ones, moved together at the front. */
export function dropDuplicates(sorted: Uint8Array): Uint8Array {
  return sorted.subarray(0, dropAdjacentDuplicates(sorted));
}

/** In place where memory is aligned for it, else in a copy. */
function wordsOf(piece: Uint8Array): Uint32Array {
  const aligned = piece.byteOffset % 4 === 0 ? piece : copyOf(piece);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/** Replaces each size by the sum of those before it; returns the sum of all. */
function turnIntoStarts(sizes: Uint32Array): number {
  let start = 0;
  for (let value = 0; value < DIGITS; value++) {
    const size = sizes[value]!;
    sizes[value] = start;
    start += size;
  }
  return start;
}

function longestOf(ends: Uint32Array): number {
  let longest = 0;
  for (let value = 0; value < DIGITS; value++) longest = Math.max(longest, ends[value]! - (ends[value - 1] ?? 0));
  return longest;
}

/** Moves the first of each run of equal CENs together at the front; returns how many bytes they take. */
function dropAdjacentDuplicates(sorted: Uint8Array): number {
  const words = new Uint32Array(sorted.buffer);
  if (words.length === 0) return 0;
  let kept = 0;
  for (let at = WORDS; at < words.length; at += WORDS) {
    const same =
      words[at] === words[kept] &&
      words[at + 1] === words[kept + 1] &&
      words[at + 2] === words[kept + 2] &&
      words[at + 3] === words[kept + 3];
    if (same) continue;
    kept += WORDS;
    if (kept !== at) words.copyWithin(kept, at, at + WORDS);
  }
  return (kept + WORDS) * 4;
}

/** Both arrays as bytes, for digits, and as 32-bit words, to move a CEN in four steps; words are never interpreted. */
class CenSorter {
  /** Where the CENs of a range are put in order, from its start on. */
  readonly #spare: Uint8Array;
  readonly #words: Uint32Array;
  readonly #spareWords: Uint32Array;
  /** One table per digit position, since the sort of a bucket runs inside that of the bucket around it. */
  readonly #ends = Array.from({ length: CEN_BYTES }, () => new Uint32Array(DIGITS));
  readonly #small = new Int32Array(SMALL);

  constructor(
    private readonly bytes: Uint8Array,
    longest: number,
  ) {
    this.#words = new Uint32Array(bytes.buffer);
    this.#spare = new Uint8Array(longest * CEN_BYTES);
    this.#spareWords = new Uint32Array(this.#spare.buffer);
  }

  /** Sorts each of the groups with one of these first bytes. `ends`: where the groups of all first bytes end. */
  sortGroups(ends: Uint32Array, first: number, until: number): void {
    let start = ends[first - 1] ?? 0;
    for (let value = first; value < until; value++) {
      const end = ends[value]!;
      if (end - start > 1) this.#sortRange(start, end, 1);
      start = end;
    }
  }

  /** Sorts CENs `from` to `to`, which agree in their first `digit` bytes. */
  #sortRange(from: number, to: number, digit: number): void {
    for (; digit < CEN_BYTES; digit++) {
      if (to - from <= SMALL) {
        if (to - from > 1) this.#sortSmall(from, to, digit);
        return;
      }
      if (this.#distribute(from, to, digit)) break;
    }
    if (digit === CEN_BYTES) return;
    const ends = this.#ends[digit]!;
    let start = from;
    for (let value = 0; value < DIGITS; value++) {
      const end = from + ends[value]!;
      if (end - start > 1) this.#sortRange(start, end, digit + 1);
      start = end;
    }
  }

  /** Groups a range by one byte; afterwards `#ends[digit]` tells where each group ends, counted from its start. False if there is only one. */
  #distribute(from: number, to: number, digit: number): boolean {
    const { bytes } = this;
    const next = this.#ends[digit]!.fill(0);
    const last = to * CEN_BYTES;
    for (let at = from * CEN_BYTES + digit; at < last; at += CEN_BYTES) next[bytes[at]!]!++;
    if (next[bytes[from * CEN_BYTES + digit]!] === to - from) return false;

    turnIntoStarts(next);
    const words = this.#words;
    const spare = this.#spareWords;
    for (let cen = from; cen < to; cen++) {
      const target = next[bytes[cen * CEN_BYTES + digit]!]!++ * WORDS;
      copyCen(words, cen * WORDS, spare, target);
    }
    this.bytes.set(this.#spare.subarray(0, last - from * CEN_BYTES), from * CEN_BYTES);
    return true;
  }

  /**
   * Up to 32 CENs: insertion sort of the next three bytes with the position in the lowest five bits, one small integer
   * each; then whole CENs are compared where the three bytes tie, which random ones never do.
   */
  #sortSmall(from: number, to: number, digit: number): void {
    const { bytes } = this;
    const keys = this.#small;
    const size = to - from;
    const second = digit + 1 < CEN_BYTES ? 1 : 0;
    const third = digit + 2 < CEN_BYTES ? 2 : 0;
    for (let i = 0; i < size; i++) {
      const at = (from + i) * CEN_BYTES + digit;
      const key = ((bytes[at]! << 16) | (bytes[at + second]! << 8) | bytes[at + third]!) << SMALL_BITS;
      insert(keys, i, key | i);
    }
    this.#breakTies(from, size);
    for (let i = 0; i < size; i++) {
      copyCen(this.#words, (from + (keys[i]! & (SMALL - 1))) * WORDS, this.#spareWords, i * WORDS);
    }
    const start = from * WORDS;
    for (let at = 0; at < size * WORDS; at++) this.#words[start + at] = this.#spareWords[at]!;
  }

  #breakTies(from: number, size: number): void {
    const keys = this.#small;
    for (let i = 1; i < size; i++) {
      const key = keys[i]!;
      let at = i;
      while (at > 0 && keys[at - 1]! >> SMALL_BITS === key >> SMALL_BITS && this.#isAfter(from, keys[at - 1]!, key)) {
        keys[at] = keys[at - 1]!;
        at--;
      }
      keys[at] = key;
    }
  }

  #isAfter(from: number, key: number, other: number): boolean {
    const a = (from + (key & (SMALL - 1))) * CEN_BYTES;
    const b = (from + (other & (SMALL - 1))) * CEN_BYTES;
    return compareCens(this.bytes, a, this.bytes, b) > 0;
  }
}

function insert(keys: Int32Array, size: number, key: number): void {
  let at = size;
  while (at > 0 && keys[at - 1]! > key) {
    keys[at] = keys[at - 1]!;
    at--;
  }
  keys[at] = key;
}

function copyCen(from: Uint32Array, at: number, to: Uint32Array, target: number): void {
  to[target] = from[at]!;
  to[target + 1] = from[at + 1]!;
  to[target + 2] = from[at + 2]!;
  to[target + 3] = from[at + 3]!;
}
