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

export interface Partition {
  /** The regions to publish, parents before children, siblings by ascending id; each has its `minReports`. */
  readonly regions: readonly PlannedRegion[];
  /**
   * All that is pending, as one `world`, when fewer than `minReports` backed reports are pending in all; `regions` is empty then.
   * Sealing holds it back, or publishes it as it is: after `WORLD_MAX_HOLD_SECONDS`, and at once under `UPLOAD_POLICY=open`.
   */
  readonly short: PlannedRegion | undefined;
  /** Regions of which some or all groups are published further up than `splitAbove` asks for, for want of reports. */
  readonly movedUp: number;
}

/**
 * Decides which region publishes which group (protocol §8). Pure; the order of reports and groups changes nothing but the
 * positions in the answer. Groups without CENs are left out: they publish nothing, and must not count as reports. Linear in
 * the number of groups, but for sorting those that may be moved up. Throws a `RegionsError` if a cell is not a region.
 */
export function partition(pending: readonly PendingReport[], settings: PartitionSettings): Partition {
  const root = pendingTree(pending);
  if (root.cens === 0) return { regions: [], short: undefined, movedUp: 0 };
  const { regions, movedUp } = divide(root, pending, settings);
  return root.reports < settings.minReports
    ? { regions: [], short: regions[0], movedUp }
    : { regions, short: undefined, movedUp };
}

/** What is published of all that is pending in and below a region: in itself, or in the regions below. */
interface Division {
  readonly regions: readonly PlannedRegion[];
  readonly movedUp: number;
}

function divide(node: PendingNode, pending: readonly PendingReport[], settings: PartitionSettings): Division {
  const { splitAbove, minReports, regionMaxResolution } = settings;
  const mustSplit = node.cens > splitAbove && resolutionOf(node.region) < regionMaxResolution;
  if (!mustSplit) return { regions: [plannedRegion(node.region, allGroups(node), pending)], movedUp: 0 };

  const standAlone = (child: PendingNode): boolean => child.reports >= minReports;
  const parts = node.children.filter(standAlone).sort(byId);
  const tooSmall = node.children.filter((child) => !standAlone(child));
  const remains = [...node.groups, ...tooSmall.flatMap(allGroups)];
  const divisions = parts.map((part) => divide(part, pending, settings));
  const below = divisions.flatMap(({ regions }) => regions);
  const movedUp = divisions.reduce((sum, division) => sum + division.movedUp, tooSmall.length);
  if (remains.length === 0) return { regions: below, movedUp };

  const filled = fillUp(plannedRegion(node.region, remains, pending), below, pending, minReports);
  return { regions: [filled.region, ...filled.below], movedUp: movedUp + filled.givers };
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
