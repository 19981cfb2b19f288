import { BatchError } from './batch-error.js';
import { U16_BYTES } from './shape.js';
import type { RemainderBits } from './shape.js';

/** The fixed numbers of a compact batch that each of its blocks is decoded with. */
export interface BlockShape {
  readonly remainderBits: RemainderBits;
  /** 2^(w−b): every hash in a block is below it. */
  readonly limit: number;
}

/** Where the parts of a block lie: quotients from `QUOTIENTS_AT` on, then remainders to its end. */
export interface BlockLayout {
  readonly entries: number;
  readonly remaindersAt: number;
}

export const QUOTIENTS_AT = U16_BYTES;

/** Throws BatchError `bad-block-length` where the block has no room for as many entries as it declares, or for none. */
export function blockLayout(block: DataView, remainderBytes: number): BlockLayout {
  const entries = block.getUint16(0, true);
  const remaindersAt = block.byteLength - entries * remainderBytes;
  const quotientBytes = remaindersAt - QUOTIENTS_AT;
  // Every entry has at least one bit of quotient, and an empty block no byte of it.
  if (quotientBytes < Math.ceil(entries / 8) || (entries === 0 && quotientBytes > 0)) {
    throw new BatchError('bad-block-length', `${entries} entries do not fit a block of ${block.byteLength} bytes`);
  }
  return { entries, remaindersAt };
}

/** Four bytes of quotients, or the last few. Remainders follow, so that four bytes can always be read. */
export function quotientWord(block: DataView, at: number, remaindersAt: number): number {
  const word = block.getUint32(at, true) | 0;
  return remaindersAt - at >= 4 ? word : word & ((1 << (8 * (remaindersAt - at))) - 1);
}

/** Throws BatchError unless all quotients together are the declared ones and end in the last byte. */
export function checkQuotients({ entries, remaindersAt }: BlockLayout, found: number, lastBit: number): void {
  if (found > entries) throw new BatchError('bad-padding', 'more quotients than entries');
  if (found < entries) throw new BatchError('bad-quotients', 'fewer quotients than entries');
  if (remaindersAt - QUOTIENTS_AT !== Math.ceil((lastBit + 1) / 8))
    throw new BatchError('bad-padding', 'empty bytes after the last quotient');
}
