import { resolutionOf, type RegionId } from './cell.js';
import { pendingTree, type GroupRef, type PendingNode, type PendingReport } from './pending-tree.js';

export interface PartitionSettings {
  /** `SPLIT_ABOVE`: a region with more pending CENs than this is split, if it can be. */
  readonly splitAbove: number;
  /** `MIN_REPORTS`, at least 1: so many distinct backed reports in every region below the world. */
  readonly minReports: number;
  /** `REGION_MAX_RESOLUTION`: no region finer than this; groups of finer cells are published in their ancestor. */
  readonly regionMaxResolution: number;
}

export interface PlannedRegion {
  readonly region: RegionId;
  /** In no particular order. */
  readonly groups: readonly GroupRef[];
  /** CENs in those groups, before deduplication. */
  readonly cens: number;
  /** Distinct backed reports among those groups. */
  readonly reports: number;
}

export interface Partition {
  /** The regions to publish, parents before children, siblings by ascending id; each has its `minReports`. */
  readonly regions: readonly PlannedRegion[];
  /**
   * All that is pending, as one `world`, when fewer than `minReports` backed reports are pending in all; `regions` is empty then.
   * Sealing holds it back, or publishes it as it is: after `WORLD_MAX_HOLD_SECONDS`, and at once under `UPLOAD_POLICY=open`.
   */
  readonly short: PlannedRegion | undefined;
}

/**
 * Decides which region publishes which group (protocol §8.4). Pure; the order of reports and groups changes nothing but the
 * positions in the answer. Groups without CENs are left out: they publish nothing, and must not count as reports. Linear in
 * the number of groups. Throws a `RegionsError` if a cell is not a region.
 */
export function partition(pending: readonly PendingReport[], settings: PartitionSettings): Partition {
  const root = pendingTree(pending);
  const regions: PlannedRegion[] = [];
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const parts = partsOf(node, pending, settings);
    const remainder = remainderOf(node, parts, pending);
    if (remainder.cens > 0) regions.push(remainder);
    stack.push(...parts.sort((a, b) => byId(b, a)));
  }
  return root.reports < settings.minReports ? { regions: [], short: regions[0] } : { regions, short: undefined };
}

/** The children that get their own part of the tree; all else that is pending in or below `node` remains in it. */
function partsOf(node: PendingNode, pending: readonly PendingReport[], settings: PartitionSettings): PendingNode[] {
  const mustSplit = node.cens > settings.splitAbove && resolutionOf(node.region) < settings.regionMaxResolution;
  if (!mustSplit) return [];
  const parts = node.children.filter((child) => child.reports >= settings.minReports).sort(byReportsThenId);
  const remainder = remainderOf(node, parts, pending);
  // One child that joins is enough: whoever could have a part of its own brings MIN_REPORTS with it.
  return remainder.cens > 0 && remainder.reports < settings.minReports ? parts.slice(1) : parts;
}

const byId = (a: PendingNode, b: PendingNode): number => (a.region < b.region ? -1 : 1);
const byReportsThenId = (a: PendingNode, b: PendingNode): number => a.reports - b.reports || byId(a, b);

function remainderOf(node: PendingNode, parts: PendingNode[], pending: readonly PendingReport[]): PlannedRegion {
  const groups: GroupRef[] = [];
  collectGroups(node, parts, groups);
  return {
    region: node.region,
    groups,
    cens: parts.reduce((cens, part) => cens - part.cens, node.cens),
    reports: parts.length === 0 ? node.reports : distinctBackedReports(groups, pending),
  };
}

/** Every group in or below `node`, except those below `parts`, which are among its children. */
function collectGroups(node: PendingNode, parts: PendingNode[], into: GroupRef[]): void {
  for (const group of node.groups) into.push(group);
  for (const child of node.children) if (!parts.includes(child)) collectGroups(child, [], into);
}

function distinctBackedReports(groups: readonly GroupRef[], pending: readonly PendingReport[]): number {
  const reports = new Set<number>();
  for (const { report } of groups) if (pending[report]!.backed) reports.add(report);
  return reports.size;
}
