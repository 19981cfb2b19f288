import { Injectable } from '@nestjs/common';
import { ancestorsOf, asRegion, childrenOf, isAncestorOf, parentOf, resolutionOf, type RegionId } from './cell.js';
import { describeRegion, type RegionDescription } from './description.js';
import { cornersOf, outlineOf, type Outline, type Position } from './outline.js';
import { formatRegion, parseRegion } from './region-id.js';
import { planSlot, type SlotPlan, type SlotReport, type SlotRules } from './slot-plan.js';

/** The front door of regional partitioning. Everything in it is pure and synchronous; regions need no storage. */
@Injectable()
export class Regions {
  /** `world` or 15 lower-case hexadecimal digits to a region; throws a `RegionsError` that says what is wrong. */
  parse(id: string): RegionId {
    return parseRegion(id);
  }

  format(region: RegionId): string {
    return formatRegion(region);
  }

  /** Returns `cell` if it is a region that may be reported in, throws a `RegionsError` that says why not otherwise. */
  check(cell: bigint): RegionId {
    return asRegion(cell);
  }

  /** -1 for the world, else 0 to 3. */
  resolution(region: RegionId): number {
    return resolutionOf(region);
  }

  /** The region one level up; `undefined` for the world. */
  parent(region: RegionId): RegionId | undefined {
    return parentOf(region);
  }

  /** All regions above, the nearest first, the world last. */
  ancestors(region: RegionId): RegionId[] {
    return ancestorsOf(region);
  }

  /** All regions one level down, ascending, whether anything was ever published in them or not. */
  children(region: RegionId): RegionId[] {
    return childrenOf(region);
  }

  /** Whether `above` is a proper ancestor of `region`. */
  isAncestor(above: RegionId, region: RegionId): boolean {
    return isAncestorOf(above, region);
  }

  /** What a slot publishes where, and what waits for a later one (protocol §8). */
  planSlot(pending: readonly SlotReport[], start: number, rules: SlotRules): SlotPlan {
    return planSlot(pending, start, rules);
  }

  /**
   * A region in words, for people. `locale` is BCP 47; names of countries come in it, the few other words are English.
   * One that is not well-formed is a RangeError.
   */
  describe(region: RegionId, locale = 'en'): RegionDescription {
    return describeRegion(region, locale);
  }

  /** A region's border as a GeoJSON geometry, to draw it on a map. */
  outline(region: RegionId): Outline {
    return outlineOf(region);
  }

  /** A region's corners, for a small map: longitudes run on over the antimeridian, beyond ±180. None for the world. */
  corners(region: RegionId): Position[] {
    return cornersOf(region);
  }
}
