/** Is shown the contents of a batch while it streams past. What it keeps is not to be believed before the signature is. */
export interface PayloadVisitor {
  /** A block of a compact batch: the `count` first of `offsets`, ascending. The array is reused for the next block. */
  block?(index: number, offsets: Float64Array, count: number): void;
  /**
   * What is looked for in a block, as offsets in any order. With it, `block` is shown only blocks that may have any of them in
   * it, which saves most of the decoding; without it, all of them.
   */
  sought?(index: number): Float64Array;
  /** Some of the packed CENs of a full batch, ascending. The array is reused. */
  cens?(packed: Uint8Array): void;
}
