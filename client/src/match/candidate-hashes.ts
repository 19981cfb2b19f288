import type { CompactHeader } from '../batch/header.js';
import { CEN_BYTES, SALT_BYTES } from '../batch/shape.js';
import type { EcbEncrypt } from '../crypto/functions.js';

/** The hashes of observations under a batch's salt, grouped by block. */
export interface CandidateHashes {
  /** `r` of each observation, block after block. */
  readonly offsets: Float64Array;
  /** The index of each of them. */
  readonly indexes: Uint32Array;
  /** Where each block starts in both, and the end of the last. */
  readonly starts: Uint32Array;
}

/** @param cens packed */
export function hashCandidates(cens: Uint8Array, header: CompactHeader, aesEcb: EcbEncrypt): CandidateHashes {
  const encrypted = aesEcb(header.salt.subarray(0, SALT_BYTES), cens);
  return groupByBlock(placesOf(cens, encrypted, header), 2 ** header.blockBits);
}

/** Where in a batch hashes are, in the order of the observations. */
interface Places {
  readonly blocks: Uint32Array;
  readonly offsets: Float64Array;
}

/**
 * `v` of each CEN (protocol §7), cut into block and offset. One loop to a function: V8 compiles one that runs long while it
 * runs, and gives that up each time where something comes after it that has not been run yet.
 */
function placesOf(cens: Uint8Array, encrypted: Uint8Array, header: CompactHeader): Places {
  const count = cens.length / CEN_BYTES;
  const plain = new DataView(cens.buffer, cens.byteOffset, cens.length);
  const cipher = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.length);
  const b = header.blockBits;
  const withinBlock = 2 ** (32 - b) - 1;
  const dropped = 64 - header.hashBits;
  const highUnit = 2 ** (32 - dropped);
  const places = { blocks: new Uint32Array(count), offsets: new Float64Array(count) };
  const { blocks, offsets } = places;
  for (let i = 0, at = 0; i < count; i++, at += CEN_BYTES) {
    const low = (plain.getUint32(at, true) ^ cipher.getUint32(at, true)) >>> dropped;
    const high = (plain.getUint32(at + 4, true) ^ cipher.getUint32(at + 4, true)) >>> 0;
    offsets[i] = ((high & withinBlock) >>> 0) * highUnit + low;
    blocks[i] = b === 0 ? 0 : high >>> (32 - b);
  }
  return places;
}

function groupByBlock({ blocks, offsets }: Places, blockCount: number): CandidateHashes {
  const starts = blockStarts(blocks, blockCount);
  const next = starts.slice();
  const grouped = { offsets: new Float64Array(blocks.length), indexes: new Uint32Array(blocks.length), starts };
  for (let i = 0; i < blocks.length; i++) {
    const at = next[blocks[i]!]!++;
    grouped.offsets[at] = offsets[i]!;
    grouped.indexes[at] = i;
  }
  return grouped;
}

function blockStarts(blocks: Uint32Array, blockCount: number): Uint32Array {
  const starts = new Uint32Array(blockCount + 1);
  for (let i = 0; i < blocks.length; i++) starts[blocks[i]! + 1]!++;
  for (let block = 1; block < starts.length; block++) starts[block]! += starts[block - 1]!;
  return starts;
}
