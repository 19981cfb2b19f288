import { isStrictlyAscending } from '../batch/cen-order.js';
import { checkMeta } from '../batch/header.js';
import type { BatchMeta, FullHeader } from '../batch/header.js';
import { CEN_BYTES } from '../batch/shape.js';
import type { Sha256 } from '../crypto/functions.js';
import { allocateFile, unsignedBatch } from './unsigned-batch.js';
import type { UnsignedBatch } from './unsigned-batch.js';

/**
 * Encodes a batch as the CENs themselves. `sorted` is packed, distinct and ascending, as `sortUnique` returns it: 1 to
 * 2^23 − 1 CENs. Throws RangeError for anything that a reader would refuse.
 */
export function encodeFull(
  meta: BatchMeta,
  sorted: Uint8Array,
  { sha256 }: { sha256: Sha256 },
): UnsignedBatch<FullHeader> {
  const count = sorted.length / CEN_BYTES;
  checkMeta(meta, count);
  if (!isStrictlyAscending(sorted)) throw new RangeError('CENs are not distinct and ascending: use sortUnique');
  const { file, payload } = allocateFile(sorted.length);
  payload.set(sorted);
  return unsignedBatch(file, { encoding: 'full', ...meta, count, payloadBytes: sorted.length }, sha256);
}
