import { CEN_BYTES } from './shape.js';

/** Byte order of two CENs, given by array and byte offset: negative, 0 or positive. */
export function compareCens(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): number {
  for (let i = 0; i < CEN_BYTES; i++) {
    const difference = a[aAt + i]! - b[bAt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether packed CENs are in strictly ascending byte order, hence also distinct. Their first four bytes decide, but for one in 2^32 / n. */
export function isStrictlyAscending(packed: Uint8Array): boolean {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  let before = -1;
  for (let at = 0; at < packed.length; at += CEN_BYTES) {
    const first = view.getUint32(at);
    if (first < before) return false;
    if (first === before && compareCens(packed, at - CEN_BYTES, packed, at) >= 0) return false;
    before = first;
  }
  return true;
}
