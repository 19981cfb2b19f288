import { formatDay } from '../slot.js';
import type { Encoding } from './batch.repository.js';

/** The one URL of a region's index, as an absolute path. `region` is its id. */
export function indexPath(region: string): string {
  return `/v1/regions/${region}`;
}

/** The one URL of a batch's file, as an absolute path. `region` is its id. */
export function batchPath(
  region: string,
  { start, part }: { start: number; part: number },
  encoding: Encoding,
): string {
  return `${indexPath(region)}/batches/${start}-${part}.${encoding}`;
}

/** The one URL of the bundle of a UTC day, by its first second. */
export function dayPath(region: string, day: number, encoding: Encoding): string {
  return `${indexPath(region)}/days/${formatDay(day)}.${encoding}`;
}

/** The pattern of the route of such a path. */
export function routeOf(path: string): string {
  if (path.includes('/batches/')) return '/v1/regions/:region/batches/:file';
  return path.includes('/days/') ? '/v1/regions/:region/days/:file' : '/v1/regions/:region';
}
