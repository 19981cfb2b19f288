import type { RegionId } from './cell.js';
import type { GroupRef, PendingReport } from './pending-tree.js';
import { cellOf, censIn, isBacked, plannedRegion, type PlannedRegion } from './planned-region.js';

interface Filled {
  readonly region: PlannedRegion;
  /** What is left of the regions below, in their order. */
  readonly below: readonly PlannedRegion[];
  /** How many of those below have given something, or all. */
  readonly givers: number;
}

/**
 * Gives a region with fewer than `minReports` distinct backed reports what it lacks, from the regions that are published
 * below it (protocol §8): single groups that those can spare, or else one region whole. Changes nothing if the region has
 * enough, or if nothing is published below.
 */
export function fillUp(
  region: PlannedRegion,
  below: readonly PlannedRegion[],
  pending: readonly PendingReport[],
  minReports: number,
): Filled {
  if (region.reports >= minReports || below.length === 0) return { region, below, givers: 0 };
  const taken = takeLots(region, below, pending, minReports) ?? [smallestOf(below)];
  const gone = new Set(taken.flatMap(({ groups }) => groups));
  const givers = new Set(taken.map((lot) => lot.region));
  return {
    region: { ...plannedRegion(region.region, [...region.groups, ...gone], pending), filledUp: true },
    below: below.flatMap((giver) => (givers.has(giver.region) ? without(giver, gone, pending) : giver)),
    givers: givers.size,
  };
}

/** Groups that are published in one region. */
interface Taken {
  readonly region: RegionId;
  readonly groups: readonly GroupRef[];
}

/** Groups of one cell and one size: nothing tells them apart but their order, so that they move together or not at all. */
interface Lot extends Taken {
  readonly giver: Giver;
  readonly cell: RegionId;
  readonly size: number;
  readonly groups: GroupRef[];
}

/**
 * The smallest lots that do, as long as each giver keeps its minimum; nothing if all of them together are not enough. None is
 * smaller than all that one backed report has in the region, lest a batch be filled up with what hides nobody.
 */
function takeLots(
  region: PlannedRegion,
  below: readonly PlannedRegion[],
  pending: readonly PendingReport[],
  minReports: number,
): Taken[] | undefined {
  const present = backedTotals(region, pending);
  const leastSize = Math.max(0, ...present.values());
  const reports = new Set(present.keys());
  const taken: Taken[] = [];
  // One that was filled up itself gives nothing: without it, what it has been given might do without that.
  const givers = below.filter(({ filledUp }) => !filledUp);
  const lots = givers.flatMap((giver) => lotsOf(giver, leastSize, pending)).sort(bySize);
  for (const { giver, groups } of lots) {
    if (reports.size >= minReports) break;
    const wanted = groups.filter(({ report }) => !reports.has(report));
    if (wanted.length === 0 || !giver.spare(wanted, minReports)) continue;
    taken.push({ region: giver.region, groups: wanted });
    for (const { report } of wanted) reports.add(report);
  }
  return reports.size >= minReports ? taken : undefined;
}

/** CENs of each backed report in a region. */
function backedTotals(region: PlannedRegion, pending: readonly PendingReport[]): Map<number, number> {
  const totals = new Map<number, number>();
  for (const group of region.groups) {
    if (!isBacked(group, pending)) continue;
    totals.set(group.report, (totals.get(group.report) ?? 0) + censIn(group, pending));
  }
  return totals;
}

/** A region below, and how many groups of each backed report it still has. */
class Giver {
  readonly region: RegionId;
  private readonly groupsLeft = new Map<number, number>();

  constructor({ region, groups }: PlannedRegion, pending: readonly PendingReport[]) {
    this.region = region;
    for (const group of groups) {
      if (isBacked(group, pending)) this.groupsLeft.set(group.report, (this.groupsLeft.get(group.report) ?? 0) + 1);
    }
  }

  /** Gives these groups away if `minReports` distinct backed reports are left then. */
  spare(groups: readonly GroupRef[], minReports: number): boolean {
    const given = new Map<number, number>();
    for (const { report } of groups) given.set(report, (given.get(report) ?? 0) + 1);
    const leaving = [...given].filter(([report, count]) => count === this.groupsLeft.get(report));
    if (this.groupsLeft.size - leaving.length < minReports) return false;
    for (const [report, count] of given) this.groupsLeft.set(report, this.groupsLeft.get(report)! - count);
    for (const [report] of leaving) this.groupsLeft.delete(report);
    return true;
  }
}

function lotsOf(region: PlannedRegion, leastSize: number, pending: readonly PendingReport[]): Lot[] {
  const giver = new Giver(region, pending);
  const lots = new Map<RegionId, Map<number, Lot>>();
  for (const group of region.groups) {
    const size = censIn(group, pending);
    if (size < leastSize || !isBacked(group, pending)) continue;
    const cell = cellOf(group, pending);
    const ofCell = lots.get(cell) ?? new Map<number, Lot>();
    const lot = ofCell.get(size) ?? { region: region.region, giver, cell, size, groups: [] };
    lot.groups.push(group);
    lots.set(cell, ofCell.set(size, lot));
  }
  return [...lots.values()].flatMap((ofCell) => [...ofCell.values()]);
}

const byNumber = <T extends bigint | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const bySize = (a: Lot, b: Lot): number => a.size - b.size || byNumber(a.cell, b.cell) || byNumber(a.region, b.region);

function smallestOf(regions: readonly PlannedRegion[]): PlannedRegion {
  return regions.reduce((a, b) => ((a.cens - b.cens || byNumber(a.region, b.region)) <= 0 ? a : b));
}

/** Nothing, if no group is left. */
function without(
  giver: PlannedRegion,
  gone: ReadonlySet<GroupRef>,
  pending: readonly PendingReport[],
): PlannedRegion | [] {
  const left = giver.groups.filter((group) => !gone.has(group));
  return left.length === 0 ? [] : plannedRegion(giver.region, left, pending);
}
