/**
 * What the numbers in a batch header imply (protocol §7). Encoder and reader share it: the reader recomputes everything
 * here from `n` and `P` and believes no length that disagrees.
 */

export const HEADER_BYTES = 64;
export const SIGNATURE_BYTES = 64;
export const CEN_BYTES = 16;
export const SALT_BYTES = 16;

/** Most CENs in one batch, 2^23 − 1: with P = 40 it keeps `w` at most 63, so that a hash fits a signed 64-bit integer. */
export const MAX_CENS = 2 ** 23 - 1;

/** `P`, the Rice remainder bits: 40, or 32 where an app alerts only on two hits or more. */
export type RemainderBits = 40 | 32;

/** Length of a compact block is a u16. */
export const MAX_BLOCK_BYTES = 0xffff;

/** A block starts with its number of entries, a u16; the table has one u16 per block. */
export const U16_BYTES = 2;

function floorLog2(n: number): number {
  return 31 - Math.clz32(n);
}

/** `w`: how many bits of a CEN's hash a compact batch of `n` CENs keeps, so that n / 2^w < 2^-P. */
export function hashBits(n: number, remainderBits: RemainderBits): number {
  return remainderBits + 1 + floorLog2(n);
}

/** `b`: log2 of the number of blocks; 512 to 1,023 entries a block on average, one block below 1,024 CENs. */
export function blockBits(n: number): number {
  return Math.max(0, floorLog2(n) - 9);
}

/** Bits of a hash within its block, `w − b`: at most 50, so a JavaScript number holds it exactly. */
export function offsetBits(n: number, remainderBits: RemainderBits): number {
  return hashBits(n, remainderBits) - blockBits(n);
}

/** The least and most bytes that a valid compact payload of `n` CENs can take; the reader refuses others unread. */
export function compactPayloadBounds(n: number, remainderBits: RemainderBits): { least: number; most: number } {
  const blocks = 2 ** blockBits(n);
  const fixed = blocks * 2 * U16_BYTES + (n * remainderBits) / 8;
  // The quotients of a block add up to less than 2^(w−b−P): that many zero bits, a one bit per entry, ≤ 7 bits of padding.
  const zeros = blocks * (2 ** (offsetBits(n, remainderBits) - remainderBits) - 1);
  return { least: fixed + Math.ceil(n / 8), most: fixed + Math.floor((n + zeros + 7 * blocks) / 8) };
}
