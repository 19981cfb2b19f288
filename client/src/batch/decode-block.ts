import { BatchError } from './batch-error.js';
import { U16_BYTES } from './shape.js';
import type { RemainderBits } from './shape.js';

/** The fixed numbers of a compact batch that each of its blocks is decoded with. */
export interface BlockShape {
  readonly remainderBits: RemainderBits;
  /** 2^(w−b): every hash in a block is below it. */
  readonly limit: number;
}

const U32 = 2 ** 32;

/**
 * Decodes one block of a compact payload (protocol §7) as hostile input, into the start of `offsets`, ascending; returns
 * how many there are. `offsets` has room for every entry that a block of 65,535 bytes can hold. Throws BatchError.
 */
export function decodeBlock(block: Uint8Array, { remainderBits, limit }: BlockShape, offsets: Float64Array): number {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const entries = view.getUint16(0, true);
  const remainderBytes = remainderBits / 8;
  const remaindersAt = block.length - entries * remainderBytes;
  const quotientBytes = remaindersAt - U16_BYTES;
  // Every entry has at least one bit of quotient, and an empty block no byte of it.
  if (quotientBytes < Math.ceil(entries / 8) || (entries === 0 && quotientBytes > 0)) {
    throw new BatchError('bad-block-length', `${entries} entries do not fit a block of ${block.length} bytes`);
  }

  const quotientUnit = 2 ** remainderBits;
  let i = 0;
  let at = remaindersAt;
  let lastBit = -1;
  let sumOfRemainders = 0;
  let offset = -1;
  for (let wordAt = U16_BYTES; wordAt < remaindersAt; wordAt += 4) {
    const wordBit = (wordAt - U16_BYTES) * 8 + 31;
    for (let word = quotientWord(view, wordAt, remaindersAt); word !== 0; word &= word - 1) {
      if (i === entries) throw new BatchError('bad-padding', 'more quotients than entries');
      lastBit = wordBit - Math.clz32(word & -word);
      sumOfRemainders += view.getUint32(at, true);
      if (remainderBytes === 5) sumOfRemainders += block[at + 4]! * U32;
      // The bits up to the i-th one are the zeros of all quotients so far and i ones.
      offset = (lastBit - i) * quotientUnit + sumOfRemainders + i;
      offsets[i++] = offset;
      at += remainderBytes;
    }
  }
  if (i !== entries) throw new BatchError('bad-quotients', 'fewer quotients than entries');
  if (quotientBytes !== Math.ceil((lastBit + 1) / 8))
    throw new BatchError('bad-padding', 'empty bytes after the last quotient');
  // Sums beyond 2^53 are rounded, but never down past the limit, and they only grow: checking the last is enough.
  if (offset >= limit) throw new BatchError('out-of-range', 'a hash lies beyond its block');
  return entries;
}

/** Four bytes of quotients, or the last few. Remainders follow, so that four bytes can always be read. */
function quotientWord(view: DataView, at: number, end: number): number {
  const word = view.getUint32(at, true) | 0;
  return end - at >= 4 ? word : word & ((1 << (8 * (end - at))) - 1);
}
