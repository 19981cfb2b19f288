import type { BlockShape } from './block-layout.js';
import { decodeBlock } from './decode-block.js';
import type { PayloadVisitor } from './payload-visitor.js';
import { MAX_BLOCK_BYTES } from './shape.js';
import { BlockSkimmer } from './skim-block.js';

const NOTHING = new Float64Array(0);

/** With one hash to look for among fewer entries than this, decoding is quicker than skimming. */
const ENTRIES_PER_SOUGHT = 16;

/** Reads the blocks of one compact payload for a visitor, and decodes those that it has to see. */
export class BlockReader {
  readonly #skimmer: BlockSkimmer;
  readonly #offsets: Float64Array;

  constructor(
    private readonly shape: BlockShape,
    private readonly visitor: PayloadVisitor,
  ) {
    this.#skimmer = new BlockSkimmer(shape);
    this.#offsets = new Float64Array(Math.floor(MAX_BLOCK_BYTES / (shape.remainderBits / 8)));
  }

  /** How many entries the block has. Throws BatchError. */
  read(index: number, block: Uint8Array): number {
    const sought = this.visitor.block === undefined ? NOTHING : this.visitor.sought?.(index);
    const skimmed = sought === undefined ? undefined : this.#skim(block, sought);
    if (skimmed !== undefined) return skimmed;
    const count = decodeBlock(block, this.shape, this.#offsets);
    this.visitor.block?.(index, this.#offsets, count);
    return count;
  }

  /** How many entries the block has, if it has nothing of what is sought. */
  #skim(block: Uint8Array, sought: Float64Array): number | undefined {
    if (sought.length * ENTRIES_PER_SOUGHT * this.shape.remainderBits > block.length * 8) return undefined;
    const count = this.#skimmer.skim(block);
    if (count === undefined) return undefined;
    for (let i = 0; i < sought.length; i++) if (this.#skimmer.mayHold(sought[i]!)) return undefined;
    return count;
  }
}
