import { BatchError } from './batch-error.js';
import { blockLayout, checkQuotients, QUOTIENTS_AT, quotientWord } from './block-layout.js';
import type { BlockShape } from './block-layout.js';

const U32 = 2 ** 32;

/**
 * Decodes one block of a compact payload (protocol §7) as hostile input, into the start of `offsets`, ascending; returns
 * how many there are. `offsets` has room for every entry that a block of 65,535 bytes can hold. Throws BatchError.
 */
export function decodeBlock(block: Uint8Array, { remainderBits, limit }: BlockShape, offsets: Float64Array): number {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const remainderBytes = remainderBits / 8;
  const layout = blockLayout(view, remainderBytes);
  const { entries, remaindersAt } = layout;

  const quotientUnit = 2 ** remainderBits;
  let i = 0;
  let at = remaindersAt;
  let lastBit = -1;
  let sumOfRemainders = 0;
  let offset = -1;
  for (let wordAt = QUOTIENTS_AT; wordAt < remaindersAt; wordAt += 4) {
    const wordBit = (wordAt - QUOTIENTS_AT) * 8 + 31;
    for (let word = quotientWord(view, wordAt, remaindersAt); word !== 0; word &= word - 1) {
      if (i === entries) checkQuotients(layout, i + 1, lastBit);
      lastBit = wordBit - Math.clz32(word & -word);
      sumOfRemainders += view.getUint32(at, true);
      if (remainderBytes === 5) sumOfRemainders += block[at + 4]! * U32;
      // The bits up to the i-th one are the zeros of all quotients so far and i ones.
      offset = (lastBit - i) * quotientUnit + sumOfRemainders + i;
      offsets[i++] = offset;
      at += remainderBytes;
    }
  }
  checkQuotients(layout, i, lastBit);
  // Sums beyond 2^53 are rounded, but never down past the limit, and they only grow: checking the last is enough.
  if (offset >= limit) throw new BatchError('out-of-range', 'a hash lies beyond its block');
  return entries;
}
