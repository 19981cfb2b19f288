import type { BatchHeader } from '../batch/header.js';
import { compareCens } from '../batch/cen-order.js';
import type { PayloadVisitor } from '../batch/payload-visitor.js';
import { CEN_BYTES } from '../batch/shape.js';
import type { EcbEncrypt } from '../crypto/functions.js';
import { hashCandidates } from './candidate-hashes.js';
import type { CandidateHashes } from './candidate-hashes.js';
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

function compactMatcher({ offsets, indexes, starts }: CandidateHashes, hit: (index: number) => void): PayloadVisitor {
  return {
    sought: (block) => offsets.subarray(starts[block], starts[block + 1]),
    block(block, entries, count) {
      for (let at = starts[block]!; at < starts[block + 1]!; at++) {
        if (contains(entries, count, offsets[at]!)) hit(indexes[at]!);
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
