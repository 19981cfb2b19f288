import { z } from 'zod';
import { CensError } from '../cens-error.js';
import { CEN_BYTES } from '../reports/report.js';
import type { BatchEntry } from './batch.repository.js';

/** Larger batches are no reading for people. */
const MAX_JSON_CENS = 10_000;
const HEADER_BYTES = 64;

/** A batch for people and debugging: unsigned, so no phone may use it. */
export const jsonBatch = z
  .object({
    region: z.string(),
    start: z.int(),
    part: z.int(),
    count: z.int(),
    sealedAt: z.int(),
    cens: z.array(z.string().regex(/^[0-9a-f]{32}$/)),
  })
  .meta({
    example: {
      region: 'world',
      start: 1795467600,
      part: 0,
      count: 1,
      sealedAt: 1795471201,
      cens: ['000102030405060708090a0b0c0d0e0f'],
    },
  });

/** @throws {CensError} `batch-too-large-for-json` */
export function requireReadable({ count }: Pick<BatchEntry, 'count'>): void {
  if (count > MAX_JSON_CENS) throw new CensError('batch-too-large-for-json');
}

export function toJsonBatch(region: string, batch: BatchEntry, full: Buffer): z.output<typeof jsonBatch> {
  const hex = full.toString('hex', HEADER_BYTES, HEADER_BYTES + batch.count * CEN_BYTES);
  const { start, part, count, sealedAt } = batch;
  return { region, start, part, count, sealedAt, cens: hex.match(/.{32}/g) ?? [] };
}
