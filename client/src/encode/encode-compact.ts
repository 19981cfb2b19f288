import { isStrictlyAscending } from '../batch/cen-order.js';
import { checkMeta } from '../batch/header.js';
import type { BatchMeta, CompactHeader } from '../batch/header.js';
import { blockBits, CEN_BYTES, hashBits, SALT_BYTES } from '../batch/shape.js';
import type { RemainderBits } from '../batch/shape.js';
import type { EcbEncrypt, RandomBytes, Sha256 } from '../crypto/functions.js';
import { layOutBlocks, writeBlocks } from './block-writer.js';
import { placeHashes } from './place-hashes.js';
import { allocateFile, unsignedBatch } from './unsigned-batch.js';
import type { UnsignedBatch } from './unsigned-batch.js';

export interface CompactOptions {
  readonly sha256: Sha256;
  readonly aesEcb: EcbEncrypt;
  /** Where salts come from. Called only here, after the contents are fixed: nobody can choose CENs to suit the salt. */
  readonly randomBytes: RandomBytes;
  /** `P`; 40 unless the deployment's app alerts only on two hits or more. */
  readonly remainderBits?: RemainderBits;
}

/** One salt in 2^(P+1)/n has two equal hashes, so 16 unlucky ones in a row mean a broken generator or repeated CENs. */
const MOST_SALTS = 16;

/**
 * Encodes a batch as a Golomb–Rice coded set of salted hashes (protocol §7). `sorted` is packed, distinct and ascending,
 * as `sortUnique` returns it: 1 to 2^23 − 1 CENs. Throws RangeError for anything that a reader would refuse.
 */
export function encodeCompact(
  meta: BatchMeta,
  sorted: Uint8Array,
  { sha256, aesEcb, randomBytes, remainderBits = 40 }: CompactOptions,
): UnsignedBatch<CompactHeader> {
  const count = sorted.length / CEN_BYTES;
  checkMeta(meta, count);
  if (!isStrictlyAscending(sorted)) throw new RangeError('CENs are not distinct and ascending: use sortUnique');
  for (let drawn = 0; drawn < MOST_SALTS; drawn++) {
    const salt = randomBytes(SALT_BYTES);
    const placed = placeHashes(sorted, (blocks) => aesEcb(salt, blocks), remainderBits);
    const layout = placed && layOutBlocks(placed, remainderBits);
    if (!layout) continue;
    const { file, payload } = allocateFile(layout.payloadBytes);
    writeBlocks(payload, placed, layout, remainderBits);
    const header: CompactHeader = {
      encoding: 'compact',
      ...meta,
      count,
      payloadBytes: layout.payloadBytes,
      hashBits: hashBits(count, remainderBits),
      remainderBits,
      blockBits: blockBits(count),
      salt,
    };
    return unsignedBatch(file, header, sha256);
  }
  throw new Error(`no salt of ${MOST_SALTS} gave distinct hashes: is the random generator broken?`);
}
