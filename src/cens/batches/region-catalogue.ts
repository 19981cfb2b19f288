import { Injectable } from '@nestjs/common';
import { type RegionId, Regions } from '../../regions/index.js';
import { dayOf } from '../slot.js';
import { type BatchName, BatchRepository } from './batch.repository.js';
import { ListedSlot } from './listed-slot.js';

/** So many rows are read and kept at once, some milliseconds: others are served in between. */
const PIECE = 2000;

/**
 * Which batches there are, and which regions have live ones in or below them, in memory. Slots are sealed in ascending order,
 * so what is new since the last look is what starts later than the latest slot seen.
 */
@Injectable()
export class RegionCatalogue {
  /** Of each UTC day its slots, by their starts. Retention drops whole days. */
  private readonly days = new Map<number, Map<number, ListedSlot>>();
  /** Start of the latest slot of which a region has a batch itself, and of which it has one in or below it. */
  private readonly latestOwn = new Map<RegionId, number>();
  private readonly latestBelow = new Map<RegionId, number>();
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
    return part < (this.days.get(dayOf(start))?.get(start)?.partsOf(region) ?? 0);
  }

  /** Whether a region has batches of its own of slots since `oldestLive`. */
  hasAny(region: RegionId, oldestLive: number): boolean {
    return (this.latestOwn.get(region) ?? -1) >= oldestLive;
  }

  /** The children of a region with batches of slots since `oldestLive` in or below them, ascending. */
  liveChildren(region: RegionId, oldestLive: number): RegionId[] {
    return this.regions.children(region).filter((child) => (this.latestBelow.get(child) ?? -1) >= oldestLive);
  }

  /** Slot after slot. Slots that are sealed meanwhile are left for the next look. */
  private async look(sealed: number, oldestLive: number): Promise<void> {
    const from = Math.max(oldestLive, this.seenUpTo + 1);
    let slot: BatchName[] = [];
    for await (const piece of this.batches.namesBetween(from, sealed, PIECE)) {
      for (const name of piece) {
        if (slot.length > 0 && slot[0].start !== name.start) {
          this.keep(slot);
          slot = [];
        }
        slot.push(name);
      }
    }
    if (slot.length > 0) this.keep(slot);
    for (const day of this.days.keys()) if (day < oldestLive) this.days.delete(day);
    this.seenUpTo = sealed;
  }

  /** @param slot all batches of one slot, by ascending region and part */
  private keep(slot: readonly BatchName[]): void {
    const { start } = slot[0];
    const day = this.days.get(dayOf(start)) ?? new Map<number, ListedSlot>();
    this.days.set(dayOf(start), day.set(start, new ListedSlot(slot)));
    for (const { region } of slot) {
      this.latestOwn.set(region, start);
      this.raise(region, start);
    }
  }

  /** Slots come in ascending order: what is above a region that stands at this slot does so, too. */
  private raise(region: RegionId, start: number): void {
    for (let at: RegionId | undefined = region; at !== undefined; at = this.regions.parent(at)) {
      if (this.latestBelow.get(at) === start) return;
      this.latestBelow.set(at, start);
    }
  }
}
