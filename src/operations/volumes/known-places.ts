import type { RegionId, Regions } from '../../regions/index.js';
import { leafWeights } from './leaf-weights.js';
import type { SlotVolume } from './published-slots.js';

/** Regions of which some slot tells that CENs come from there, and how many in proportion. */
export interface Places {
  readonly regions: readonly RegionId[];
  /** For each of them, its weight and that of all before it. */
  readonly upTo: readonly number[];
}

/** Where CENs come from, as far as any slot tells: from regions that have published, not from all cells of the Earth. */
export class KnownPlaces {
  private readonly places = new Map<RegionId, { regions: RegionId[]; upTo: number[] }>();

  /** @param volumes of all slots that tell */
  constructor(volumes: readonly SlotVolume[], regions: Regions) {
    const people = new Map<RegionId, number>();
    for (const { region, cens, isPadded } of volumes) {
      people.set(region, (people.get(region) ?? 0) + (isPadded ? 0 : cens));
    }
    const leaves = [...leafWeights(people, regions)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [leaf, weight] of leaves) {
      for (const above of regions.ancestors(leaf)) this.add(above, leaf, weight);
    }
  }

  /** The finest of them below a region, ascending; none where nothing has been published below it. */
  below(region: RegionId): Places | undefined {
    return this.places.get(region);
  }

  private add(above: RegionId, leaf: RegionId, weight: number): void {
    let places = this.places.get(above);
    if (places === undefined) this.places.set(above, (places = { regions: [], upTo: [] }));
    places.regions.push(leaf);
    places.upTo.push((places.upTo.at(-1) ?? 0) + weight);
  }
}
