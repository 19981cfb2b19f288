import { MAX_BLOCK_BYTES, U16_BYTES } from '../batch/shape.js';
import type { RemainderBits } from '../batch/shape.js';
import type { PlacedHashes } from './place-hashes.js';

/** How long the parts of a compact payload are, known before it is allocated. */
export interface BlockLayout {
  /** Bytes of each block's unary quotients, padding included. */
  readonly quotientBytes: Uint16Array;
  readonly payloadBytes: number;
}

/**
 * Measures every block; undefined if one is too long for its u16, which takes ten times the average number of hashes in
 * one block: never with a random salt, so another one helps.
 */
export function layOutBlocks({ offsets, starts }: PlacedHashes, remainderBits: RemainderBits): BlockLayout | undefined {
  const blocks = starts.length - 1;
  const quotientBytes = new Uint16Array(blocks);
  const quotientUnit = 2 ** remainderBits;
  let payloadBytes = blocks * U16_BYTES;
  for (let block = 0; block < blocks; block++) {
    const start = starts[block]!;
    const end = starts[block + 1]!;
    let bits = 0;
    let previous = -1;
    for (let i = start; i < end; i++) {
      bits += Math.floor((offsets[i]! - previous - 1) / quotientUnit) + 1;
      previous = offsets[i]!;
    }
    quotientBytes[block] = Math.ceil(bits / 8);
    const bytes = blockBytes(end - start, quotientBytes[block]!, remainderBits);
    if (bytes > MAX_BLOCK_BYTES) return undefined;
    payloadBytes += bytes;
  }
  return { quotientBytes, payloadBytes };
}

function blockBytes(entries: number, quotientBytes: number, remainderBits: RemainderBits): number {
  return U16_BYTES + quotientBytes + (entries * remainderBits) / 8;
}

/** Writes the table of block lengths and the blocks into `payload`, which is zero and exactly as long as `layout` says. */
export function writeBlocks(
  payload: Uint8Array,
  { offsets, starts }: PlacedHashes,
  { quotientBytes }: BlockLayout,
  remainderBits: RemainderBits,
): void {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const blocks = quotientBytes.length;
  let at = blocks * U16_BYTES;
  for (let block = 0; block < blocks; block++) {
    const entries = offsets.subarray(starts[block]!, starts[block + 1]!);
    const bytes = blockBytes(entries.length, quotientBytes[block]!, remainderBits);
    view.setUint16(block * U16_BYTES, bytes, true);
    view.setUint16(at, entries.length, true);
    writeEntries(payload, view, entries, at + U16_BYTES, quotientBytes[block]!, remainderBits);
    at += bytes;
  }
}

function writeEntries(
  payload: Uint8Array,
  view: DataView,
  entries: Float64Array,
  quotientsAt: number,
  quotientBytes: number,
  remainderBits: RemainderBits,
): void {
  const quotientUnit = 2 ** remainderBits;
  const remainderBytes = remainderBits / 8;
  let at = quotientsAt + quotientBytes;
  let bit = 0;
  let previous = -1;
  for (let i = 0; i < entries.length; i++) {
    const gap = entries[i]! - previous - 1;
    previous = entries[i]!;
    const quotient = Math.floor(gap / quotientUnit);
    const remainder = gap - quotient * quotientUnit;
    bit += quotient;
    payload[quotientsAt + (bit >>> 3)]! |= 1 << (bit & 7);
    bit++;
    view.setUint32(at, remainder % 0x1_0000_0000, true);
    if (remainderBytes === 5) payload[at + 4] = Math.floor(remainder / 0x1_0000_0000);
    at += remainderBytes;
  }
}
