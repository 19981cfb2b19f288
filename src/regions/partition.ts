import { resolutionOf } from './cell.js';
import { fillUp } from './fill-up.js';
import { pendingTree, type GroupRef, type PendingNode, type PendingReport } from './pending-tree.js';
import { plannedRegion, type PlannedRegion } from './planned-region.js';

export type { PlannedRegion };

export interface PartitionSettings {
  /** `SPLIT_ABOVE`: a region with more pending CENs than this is split, if it can be. */
  readonly splitAbove: number;
  /** `MIN_REPORTS`, at least 1: so many distinct backed reports in every region below the world. */
  readonly minReports: number;
  /** `REGION_MAX_RESOLUTION`: no region finer than this; groups of finer cells are published in their ancestor. */
  readonly regionMaxResolution: number;
}

/**
 * What becomes of a world that has fewer than `minReports` backed reports, once all that can stand alone is divided off: it is held
 * back for a later slot, or published: filled up from the regions below or, where there are none, as it is.
 */
export type ShortWorld = 'hold' | 'publish';

export interface Partition {
  /** The regions to publish, parents before children, siblings by ascending id; each has its `minReports`, but for a world that is all there is. */
  readonly regions: readonly PlannedRegion[];
  /** What is held back of the world; always undefined with `publish`. */
  readonly held: PlannedRegion | undefined;
  /** Regions of which some or all groups are published further up than `splitAbove` asks for, for want of reports. */
  readonly movedUp: number;
}

/**
 * Decides which region publishes which group (protocol §8). Pure; the order of reports and groups changes nothing but the
 * positions in the answer. Groups without CENs are left out: they publish nothing, and must not count as reports. Linear in
 * the number of groups, but for sorting those that may be moved up. Throws a `RegionsError` if a cell is not a region.
 */
export function partition(
  pending: readonly PendingReport[],
  settings: PartitionSettings,
  shortWorld: ShortWorld,
): Partition {
  const root = pendingTree(pending);
  if (root.cens === 0) return { regions: [], held: undefined, movedUp: 0 };
  const world = divide(root, pending, settings);
  if (shortWorld === 'hold' && world.own !== undefined && world.own.reports < settings.minReports) {
    return { regions: world.below, held: world.own, movedUp: world.movedUp };
  }
  return { ...settle(world, pending, settings), held: undefined };
}

/** All that is pending in and below a region. */
interface Division {
  /** What it publishes itself: all of it, or what remains when parts have been divided off, which may be too little. */
  readonly own: PlannedRegion | undefined;
  /** Children that are too small to stand alone, and so a part of `own`. */
  readonly tooSmall: number;
  /** What is published in the regions below. */
  readonly below: readonly PlannedRegion[];
  /** How many of those below have something moved up. */
  readonly movedUp: number;
}

function divide(node: PendingNode, pending: readonly PendingReport[], settings: PartitionSettings): Division {
  const { splitAbove, minReports, regionMaxResolution } = settings;
  const mustSplit = node.cens > splitAbove && resolutionOf(node.region) < regionMaxResolution;
  if (!mustSplit) {
    return { own: plannedRegion(node.region, allGroups(node), pending), tooSmall: 0, below: [], movedUp: 0 };
  }
  const standsAlone = (child: PendingNode): boolean => child.reports >= minReports;
  const parts = node.children.filter(standsAlone).sort(byId);
  const tooSmall = node.children.filter((child) => !standsAlone(child));
  const remains = [...node.groups, ...tooSmall.flatMap(allGroups)];
  const settled = parts.map((part) => settle(divide(part, pending, settings), pending, settings));
  return {
    own: remains.length === 0 ? undefined : plannedRegion(node.region, remains, pending),
    tooSmall: tooSmall.length,
    below: settled.flatMap(({ regions }) => regions),
    movedUp: settled.reduce((sum, { movedUp }) => sum + movedUp, 0),
  };
}

/** Publishes a division: what remains is filled up, if it is too little. */
function settle(
  { own, tooSmall, below, movedUp }: Division,
  pending: readonly PendingReport[],
  { minReports }: PartitionSettings,
): { readonly regions: readonly PlannedRegion[]; readonly movedUp: number } {
  if (own === undefined) return { regions: below, movedUp };
  const filled = fillUp(own, below, pending, minReports);
  return { regions: [filled.region, ...filled.below], movedUp: movedUp + tooSmall + filled.givers };
}

const byId = (a: PendingNode, b: PendingNode): number => (a.region < b.region ? -1 : 1);

/** Every group in or below `node`. */
function allGroups(node: PendingNode): GroupRef[] {
  const groups: GroupRef[] = [];
  const stack = [node];
  for (let next = stack.pop(); next; next = stack.pop()) {
    for (const group of next.groups) groups.push(group);
    stack.push(...next.children);
  }
  return groups;
}
