import { Injectable } from '@nestjs/common';
import { type RegionId, Regions } from '../../regions/index.js';
import { BatchRepository } from './batch.repository.js';

/**
 * Which regions have live batches in or below them, in memory. Slots are sealed in ascending order, so what is new since
 * the last look is what starts later than the latest slot seen.
 */
@Injectable()
export class RegionCatalogue {
  private readonly latestStart = new Map<RegionId, number>();
  private seenUpTo = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly batches: BatchRepository,
    private readonly regions: Regions,
  ) {}

  /** Brings the catalogue up to the slot `sealed`; `oldestLive` bounds the first look. */
  async follow(sealed: number, oldestLive: number): Promise<void> {
    if (sealed <= this.seenUpTo) return;
    const from = Math.max(oldestLive, this.seenUpTo + 1);
    for (const [region, start] of await this.batches.latestByRegion(from)) {
      for (const known of [region, ...this.regions.ancestors(region)]) this.raise(known, start);
    }
    this.seenUpTo = sealed;
  }

  /** The children of a region with batches of slots since `oldestLive` in or below them, ascending. */
  liveChildren(region: RegionId, oldestLive: number): RegionId[] {
    return this.regions.children(region).filter((child) => (this.latestStart.get(child) ?? -1) >= oldestLive);
  }

  private raise(region: RegionId, start: number): void {
    this.latestStart.set(region, Math.max(start, this.latestStart.get(region) ?? 0));
  }
}
