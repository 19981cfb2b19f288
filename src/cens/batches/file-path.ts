import { formatDay } from '../slot.js';
import type { Encoding } from './batch.repository.js';

/** The one URL of a batch's file, as an absolute path. `region` is its id. */
export function batchPath(
  region: string,
  { start, part }: { start: number; part: number },
  encoding: Encoding,
): string {
  return `/v1/regions/${region}/batches/${start}-${part}.${encoding}`;
}

/** The one URL of the bundle of a UTC day, by its first second. */
export function dayPath(region: string, day: number, encoding: Encoding): string {
  return `/v1/regions/${region}/days/${formatDay(day)}.${encoding}`;
}
