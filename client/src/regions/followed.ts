import { CELL_RESOLUTION, isRegion, lineage, parseRegionId, resolutionOf, WORLD } from './region.js';

/**
 * The regions that a phone follows: those of its places, all above them, and all below a place that is coarser than a cell. Where in
 * such a place the phone was is not known, so that what it heard may be published anywhere in it.
 */
export class FollowedRegions {
  readonly #onPath: ReadonlySet<bigint>;
  readonly #whole: ReadonlySet<bigint>;

  /** Throws RangeError for what is no region. Without places, only `world` is followed. */
  constructor(places: readonly (bigint | string)[]) {
    const regions = places.map(toRegion);
    this.#onPath = new Set([WORLD, ...regions.flatMap(lineage)]);
    this.#whole = new Set(regions.filter(isCoarse));
  }

  has(region: bigint): boolean {
    return (
      this.#onPath.has(region) || (this.#whole.size > 0 && lineage(region).some((above) => this.#whole.has(above)))
    );
  }
}

function isCoarse(region: bigint): boolean {
  return region === WORLD || resolutionOf(region) < CELL_RESOLUTION;
}

function toRegion(place: bigint | string): bigint {
  const region = typeof place === 'string' ? parseRegionId(place) : place;
  if (region === undefined || !isRegion(region)) {
    throw new RangeError(`${place} is neither world nor an H3 cell of resolution 0 to 3`);
  }
  return region;
}
