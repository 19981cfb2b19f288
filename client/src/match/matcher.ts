import type { CompactHeader, BatchHeader } from '../batch/header.js';
import { compareCens } from '../batch/cen-order.js';
import type { PayloadVisitor } from '../batch/parse-batch.js';
import { CEN_BYTES, SALT_BYTES } from '../batch/shape.js';
import type { EcbEncrypt } from '../crypto/functions.js';
import type { Observation, ObservationSet } from './observations.js';

/** Looks for a set of observations in the batch of `header` as it streams past; `found` may be called in any order. */
export function matcher<Own extends Observation>(
  observations: ObservationSet<Own>,
  header: BatchHeader,
  aesEcb: EcbEncrypt,
  found: (observation: Own) => void,
): PayloadVisitor {
  const candidates = observations.madeUntil(header.sealedAt);
  const hit = (index: number) => {
    const observation = observations.at(index, header.region);
    if (observation) found(observation);
  };
  if (candidates.length === 0) return {};
  return header.encoding === 'compact'
    ? compactMatcher(hashCandidates(candidates, header, aesEcb), hit)
    : fullMatcher(observations, candidates.length / CEN_BYTES, hit);
}

/** The hashes of observations under a batch's salt, grouped by block. */
interface CandidateHashes {
  /** `r` of each observation, by index. */
  readonly offsets: Float64Array;
  /** Indexes of observations, block after block. */
  readonly byBlock: Uint32Array;
  /** Where each block starts in `byBlock`, and the end of the last. */
  readonly starts: Uint32Array;
}

function hashCandidates(cens: Uint8Array, header: CompactHeader, aesEcb: EcbEncrypt): CandidateHashes {
  const count = cens.length / CEN_BYTES;
  const encrypted = aesEcb(header.salt.subarray(0, SALT_BYTES), cens);
  const plain = new DataView(cens.buffer, cens.byteOffset, cens.length);
  const cipher = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.length);
  const b = header.blockBits;
  const withinBlock = 2 ** (32 - b) - 1;
  const dropped = 64 - header.hashBits;
  const highUnit = 2 ** (32 - dropped);

  const blocks = new Uint32Array(count);
  const offsets = new Float64Array(count);
  const starts = new Uint32Array(2 ** b + 1);
  for (let i = 0, at = 0; i < count; i++, at += CEN_BYTES) {
    const low = (plain.getUint32(at, true) ^ cipher.getUint32(at, true)) >>> dropped;
    const high = (plain.getUint32(at + 4, true) ^ cipher.getUint32(at + 4, true)) >>> 0;
    offsets[i] = ((high & withinBlock) >>> 0) * highUnit + low;
    const block = b === 0 ? 0 : high >>> (32 - b);
    blocks[i] = block;
    starts[block + 1]!++;
  }
  for (let block = 1; block < starts.length; block++) starts[block]! += starts[block - 1]!;
  const next = starts.slice();
  const byBlock = new Uint32Array(count);
  for (let i = 0; i < count; i++) byBlock[next[blocks[i]!]!++] = i;
  return { offsets, byBlock, starts };
}

function compactMatcher({ offsets, byBlock, starts }: CandidateHashes, hit: (index: number) => void): PayloadVisitor {
  return {
    block(block, entries, count) {
      for (let at = starts[block]!; at < starts[block + 1]!; at++) {
        const index = byBlock[at]!;
        if (contains(entries, count, offsets[index]!)) hit(index);
      }
    },
  };
}

/** Binary search in the first `count` of ascending `entries`. */
function contains(entries: Float64Array, count: number, value: number): boolean {
  let low = 0;
  for (let high = count; low < high;) {
    const middle = (low + high) >>> 1;
    if (entries[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low < count && entries[low] === value;
}

/** Walks the batch and the observations in the same order; `eligible` is how many observations, by index, may match. */
function fullMatcher(observations: ObservationSet, eligible: number, hit: (index: number) => void): PayloadVisitor {
  const { byCen, packed } = observations;
  let next = 0;
  return {
    cens(batch) {
      for (let at = 0; next < byCen.length; next++) {
        const candidate = byCen[next]! * CEN_BYTES;
        at = firstNotBefore(batch, at, packed, candidate);
        // This one and all later ones come after this piece of the batch.
        if (at === batch.length) return;
        if (byCen[next]! < eligible && compareCens(batch, at, packed, candidate) === 0) hit(byCen[next]!);
      }
    },
  };
}

/** Byte offset, from `from` on, of the first CEN in ascending `batch` that is not before the given one. */
function firstNotBefore(batch: Uint8Array, from: number, packed: Uint8Array, cenAt: number): number {
  let low = from / CEN_BYTES;
  for (let high = batch.length / CEN_BYTES; low < high;) {
    const middle = (low + high) >>> 1;
    if (compareCens(batch, middle * CEN_BYTES, packed, cenAt) < 0) low = middle + 1;
    else high = middle;
  }
  return low * CEN_BYTES;
}
