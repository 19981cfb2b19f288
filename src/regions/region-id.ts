import { asRegion, WORLD, type RegionId } from './cell.js';
import { RegionsError } from './regions-error.js';

const WORLD_NAME = 'world';
const CELL_NAME = /^[0-9a-f]{15}$/;

/** A region's id as in URLs and JSON: `world` or 15 lower-case hexadecimal digits. Throws a {@link RegionsError} otherwise. */
export function parseRegion(id: string): RegionId {
  if (id === WORLD_NAME) return WORLD;
  if (!CELL_NAME.test(id)) {
    throw new RegionsError(
      'malformed-region',
      'a region is "world" or the 15 lower-case hexadecimal digits of an H3 cell',
    );
  }
  const index = BigInt(`0x${id}`);
  // The world has one name: an index of zeros would be a second URL, and a second cache entry, for each of its files.
  if (index === WORLD) throw new RegionsError('not-a-cell', `${id} is not an H3 cell; the world is "world"`);
  return asRegion(index);
}

export function formatRegion(region: RegionId): string {
  return region === WORLD ? WORLD_NAME : region.toString(16);
}
