import { randomBytes, randomInt } from 'node:crypto';
import { CEN_BYTES } from '../reports/report.js';
import { shapeAsUuid4 } from '../reports/uuid4-shape.js';

export interface DecoySettings {
  readonly minBatchCens: number;
  readonly cenShape: 'random' | 'uuid4';
}

/**
 * How many decoys fill a `world` batch of `count` CENs (invariant 6): up to the minimum, and a random part of a tenth of
 * it more, so that the file's size does not give the number of real CENs away.
 */
export function decoyCount(count: number, minBatchCens: number): number {
  if (count >= minBatchCens) return 0;
  return minBatchCens - count + randomInt(mostFilledUp(minBatchCens) - minBatchCens + 1);
}

/** CENs of the largest batch that {@link decoyCount} may make. One of no more than these may be decoys for the most part. */
export function mostFilledUp(minBatchCens: number): number {
  return minBatchCens + Math.floor(minBatchCens / 10);
}

/** Decoys to join `count` CENs; uniformly random in the deployment's shape, like what phones send. */
export function decoysFor(count: number, settings: DecoySettings): Uint8Array {
  const decoys = randomBytes(decoyCount(count, settings.minBatchCens) * CEN_BYTES);
  if (settings.cenShape === 'uuid4') shapeAsUuid4(decoys);
  return decoys;
}
