import { isStrictlyAscending } from '../batch/cen-order.js';
import { checkMeta, writeHeader } from '../batch/header.js';
import type { BatchMeta, FullHeader } from '../batch/header.js';
import { CEN_BYTES, HEADER_BYTES } from '../batch/shape.js';
import type { Sha256 } from '../crypto/functions.js';
import { allocateFile, signedBytes } from './unsigned-batch.js';
import type { UnsignedBatch } from './unsigned-batch.js';

/**
 * Encodes a batch as the CENs themselves. `sorted` is packed, distinct and ascending, as `sortUnique` returns it: 1 to
 * 2^23 − 1 CENs. Throws RangeError for anything that a reader would refuse.
 */
export function encodeFull(
  meta: BatchMeta,
  sorted: Uint8Array,
  options: { sha256: Sha256 },
): UnsignedBatch<FullHeader> {
  const { header, head, toSign } = frameFull(meta, sorted, options);
  const { file, payload } = allocateFile(sorted.length);
  file.set(head);
  payload.set(sorted);
  return { header, file, toSign: toSign() };
}

/** What is around the CENs in a full file, which is head ‖ sorted ‖ signature: for who need not have it in one piece. */
export interface FullFrame {
  readonly header: FullHeader;
  readonly head: Uint8Array;
  /** What an {@link UnsignedBatch} has under this name. Hashes the CENs, all of whose file but the signature can go out meanwhile. */
  readonly toSign: () => Uint8Array;
}

/** The same as `encodeFull`, without a copy of the CENs: of 2^23 it would be 128 MiB. */
export function frameFull(meta: BatchMeta, sorted: Uint8Array, { sha256 }: { sha256: Sha256 }): FullFrame {
  const count = sorted.length / CEN_BYTES;
  checkMeta(meta, count);
  if (!isStrictlyAscending(sorted)) throw new RangeError('CENs are not distinct and ascending: use sortUnique');
  const header: FullHeader = { encoding: 'full', ...meta, count, payloadBytes: sorted.length };
  const head = new Uint8Array(HEADER_BYTES);
  writeHeader(head, header);
  return { header, head, toSign: () => signedBytes(head, sha256(sorted)) };
}
