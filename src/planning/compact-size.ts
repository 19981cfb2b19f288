/** Header and signature of a batch file, in bytes (protocol section 7). */
const FRAME_BYTES = 128;
/** Length and number of entries of a block. */
const BLOCK_FRAME_BITS = 32;
/** Padding of the unary part to a byte, on average. */
const BLOCK_PADDING_BITS = 3.5;
const ENTRIES_PER_BLOCK = 512;

/**
 * Expected size in bytes of a compact batch of `count` CENs with remainders of `remainderBits`.
 *
 * With f = count ÷ 2^floor(log2 count), the hashes are 2^(P+1) ÷ f apart on average, nearly geometrically, so that a
 * quotient takes 1 + 1 ÷ (e^(f/2) − 1) bits: 2.54 just above a power of two, 1.58 just below (docs/capacity.md).
 */
export function compactBytes(count: number, remainderBits: 40 | 32 = 40): number {
  if (count === 0) return 0;
  const fill = count / 2 ** Math.floor(Math.log2(count));
  const quotientBits = 1 + 1 / Math.expm1(fill / 2);
  const blocks = 2 ** Math.max(0, Math.floor(Math.log2(count / ENTRIES_PER_BLOCK)));
  const bits = count * (remainderBits + quotientBits) + blocks * (BLOCK_FRAME_BITS + BLOCK_PADDING_BITS);
  return Math.round(FRAME_BYTES + bits / 8);
}

/** Size in bytes of a full batch. */
export function fullBytes(count: number): number {
  return count === 0 ? 0 : FRAME_BYTES + 16 * count;
}

/** Expected number of false matches of `observations` phones' CENs with a batch of `count`: observations × count ÷ 2^w. */
export function falseMatches(count: number, observations: number, remainderBits: 40 | 32 = 40): number {
  if (count === 0) return 0;
  return (observations * count) / 2 ** (remainderBits + 1 + Math.floor(Math.log2(count)));
}
