import { Injectable } from '@nestjs/common';
import { type RegionId, Regions } from '../../regions/index.js';
import { type BatchName, BatchRepository } from './batch.repository.js';

/**
 * Which batches there are, and which regions have live ones in or below them, in memory. Slots are sealed in ascending order,
 * so what is new since the last look is what starts later than the latest slot seen.
 */
@Injectable()
export class RegionCatalogue {
  private readonly latestStart = new Map<RegionId, number>();
  /** How many parts a region has of each slot. */
  private readonly parts = new Map<RegionId, Map<number, number>>();
  private seenUpTo = Number.NEGATIVE_INFINITY;
  private following: Promise<void> | undefined;

  constructor(
    private readonly batches: BatchRepository,
    private readonly regions: Regions,
  ) {}

  /** Brings the catalogue up to the slot `sealed`; `oldestLive` bounds the first look. One look serves all who wait for it. */
  async follow(sealed: number, oldestLive: number): Promise<void> {
    while (sealed > this.seenUpTo) {
      this.following ??= this.look(sealed, oldestLive).finally(() => (this.following = undefined));
      await this.following;
    }
  }

  /** Whether a batch of a slot up to the one that was last followed exists. */
  has({ region, start, part }: BatchName): boolean {
    return part < (this.parts.get(region)?.get(start) ?? 0);
  }

  /** The children of a region with batches of slots since `oldestLive` in or below them, ascending. */
  liveChildren(region: RegionId, oldestLive: number): RegionId[] {
    return this.regions.children(region).filter((child) => (this.latestStart.get(child) ?? -1) >= oldestLive);
  }

  private async look(sealed: number, oldestLive: number): Promise<void> {
    const from = Math.max(oldestLive, this.seenUpTo + 1);
    for (const { region, start, parts } of await this.batches.partsSince(from)) {
      this.keep(region, start, parts);
      for (const known of [region, ...this.regions.ancestors(region)]) this.raise(known, start);
    }
    this.forgetBefore(oldestLive);
    this.seenUpTo = sealed;
  }

  private keep(region: RegionId, start: number, parts: number): void {
    const known = this.parts.get(region) ?? new Map<number, number>();
    this.parts.set(region, known.set(start, parts));
  }

  private forgetBefore(oldestLive: number): void {
    for (const [region, starts] of this.parts) {
      for (const start of starts.keys()) if (start < oldestLive) starts.delete(start);
      if (starts.size === 0) this.parts.delete(region);
    }
  }

  private raise(region: RegionId, start: number): void {
    this.latestStart.set(region, Math.max(start, this.latestStart.get(region) ?? 0));
  }
}
