import type { RegionId } from '../../regions/index.js';
import type { BatchName } from './batch.repository.js';

/** The regions with batches of one slot: eight bytes each, and a little more for one with several parts. */
export class ListedSlot {
  private readonly regions: BigInt64Array;
  /** How many parts a region has, where it is not one. */
  private readonly several: ReadonlyMap<RegionId, number>;

  /** @param batches by ascending region and part */
  constructor(batches: readonly BatchName[]) {
    this.regions = BigInt64Array.from(batches.filter(({ part }) => part === 0).map(({ region }) => region));
    this.several = new Map(batches.filter(({ part }) => part > 0).map(({ region, part }) => [region, part + 1]));
  }

  /** 0 for a region without a batch. */
  partsOf(region: RegionId): number {
    let [from, to] = [0, this.regions.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.regions[middle] < region) from = middle + 1;
      else to = middle;
    }
    return this.regions[from] === region ? (this.several.get(region) ?? 1) : 0;
  }
}
