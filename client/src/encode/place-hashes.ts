import { blockBits, CEN_BYTES, hashBits, offsetBits } from '../batch/shape.js';
import type { RemainderBits } from '../batch/shape.js';

/** Bytes of CENs that are encrypted at once: what is made of them is used while it lies in the processor's cache. */
const PIECE_BYTES = 64 * 1024;

/** The hashes of a batch, block after block, ascending in each. */
export interface PlacedHashes {
  /** `r = v mod 2^(w−b)` of each hash: below 2^50, so exact in a double. */
  readonly offsets: Float64Array;
  /** Where each of the 2^b blocks starts in `offsets`, and the end of the last one. */
  readonly starts: Uint32Array;
}

const U32 = 2 ** 32;

/**
 * Turns CENs into hashes in the order of the compact payload; undefined if two are equal. `encrypt` is AES-128-ECB under the
 * batch's salt.
 *
 * Two counting sorts, by block and then inside it, and an insertion sort of what is then nearly sorted: a third of the time of
 * `BigUint64Array.sort`. Hashes are uniform whatever the CENs, because the salt is drawn after them.
 */
export function placeHashes(
  cens: Uint8Array,
  encrypt: (blocks: Uint8Array) => Uint8Array,
  remainderBits: RemainderBits,
): PlacedHashes | undefined {
  const count = cens.length / CEN_BYTES;
  const b = blockBits(count);

  // A hash is encrypted XOR cen; its first eight bytes, little-endian, are `high` · 2^32 + `low`.
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  for (let from = 0; from < cens.length; from += PIECE_BYTES) {
    const piece = cens.subarray(from, from + PIECE_BYTES);
    hashPiece(piece, encrypt(piece), high, low, from / CEN_BYTES);
  }
  const next = new Uint32Array(2 ** b + 1);
  for (let i = 0; i < count; i++) next[leadingBits(high[i]!, b)]!++;
  turnIntoStarts(next);
  const starts = next.slice();

  const offsets = new Float64Array(count);
  const dropped = 64 - hashBits(count, remainderBits);
  const withinBlock = U32 / 2 ** b - 1;
  const highUnit = 2 ** (32 - dropped);
  for (let i = 0; i < count; i++) {
    const word = high[i]!;
    offsets[next[leadingBits(word, b)]!++] = ((word & withinBlock) >>> 0) * highUnit + (low[i]! >>> dropped);
  }
  return sortBlocks(offsets, starts, offsetBits(count, remainderBits)) ? { offsets, starts } : undefined;
}

/** Writes the two words of each hash from index `first` on. */
function hashPiece(cens: Uint8Array, encrypted: Uint8Array, high: Uint32Array, low: Uint32Array, first: number): void {
  const plain = new DataView(cens.buffer, cens.byteOffset, cens.length);
  const cipher = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.length);
  for (let at = 0, i = first; at < cens.length; at += CEN_BYTES, i++) {
    low[i] = plain.getUint32(at, true) ^ cipher.getUint32(at, true);
    high[i] = plain.getUint32(at + 4, true) ^ cipher.getUint32(at + 4, true);
  }
}

/** The `bits` highest of 32; shifting by 32 would shift by 0. */
function leadingBits(word: number, bits: number): number {
  return bits === 0 ? 0 : word >>> (32 - bits);
}

/** Replaces each size by the sum of those before it. */
function turnIntoStarts(sizes: Uint32Array): void {
  let sum = 0;
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    sizes[i] = sum;
    sum += size;
  }
}

/** 256 buckets inside a block, of two to four hashes each on average in a large batch. */
const BUCKET_BITS = 8;

/** Sorts each block; false if two values in one are equal. */
function sortBlocks(offsets: Float64Array, starts: Uint32Array, bits: number): boolean {
  const next = new Uint32Array(2 ** BUCKET_BITS + 1);
  const bucketed = new Float64Array(longestBlock(starts));
  const toBucket = 2 ** (BUCKET_BITS - bits);
  for (let block = 0; block + 1 < starts.length; block++) {
    const start = starts[block]!;
    const end = starts[block + 1]!;
    next.fill(0);
    for (let i = start; i < end; i++) next[(offsets[i]! * toBucket) | 0]!++;
    turnIntoStarts(next);
    for (let i = start; i < end; i++) bucketed[next[(offsets[i]! * toBucket) | 0]!++] = offsets[i]!;
    if (!insertAscending(bucketed, offsets, start, end)) return false;
  }
  return true;
}

function longestBlock(starts: Uint32Array): number {
  let longest = 0;
  for (let block = 0; block + 1 < starts.length; block++)
    longest = Math.max(longest, starts[block + 1]! - starts[block]!);
  return longest;
}

/** Insertion sort of nearly sorted values into `offsets` from `start` to `end`; false if two are equal. */
function insertAscending(values: Float64Array, offsets: Float64Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const value = values[i - start]!;
    let at = i;
    while (at > start && offsets[at - 1]! > value) {
      offsets[at] = offsets[at - 1]!;
      at--;
    }
    if (at > start && offsets[at - 1] === value) return false;
    offsets[at] = value;
  }
  return true;
}
