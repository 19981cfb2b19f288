import { CEN_BYTES } from './shape.js';

/** Byte order of two CENs, given by array and byte offset: negative, 0 or positive. */
export function compareCens(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): number {
  for (let i = 0; i < CEN_BYTES; i++) {
    const difference = a[aAt + i]! - b[bAt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether packed CENs are in strictly ascending byte order, hence also distinct. */
export function isStrictlyAscending(packed: Uint8Array): boolean {
  for (let at = CEN_BYTES; at < packed.length; at += CEN_BYTES) {
    if (compareCens(packed, at - CEN_BYTES, packed, at) >= 0) return false;
  }
  return true;
}
