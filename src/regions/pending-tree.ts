import { asRegion, parentOf, WORLD, type RegionId } from './cell.js';

/** What the partition must know of one group: its cell (`0n` = world) and how many CENs it holds. */
export interface PendingGroup {
  readonly cell: RegionId;
  readonly count: number;
}

/** What the partition must know of one report. `backed`: it counts towards `MIN_REPORTS` (invariant 6). */
export interface PendingReport {
  readonly backed: boolean;
  readonly groups: readonly PendingGroup[];
}

/** One group, by its place in the input: `pending[report].groups[group]`. */
export interface GroupRef {
  readonly report: number;
  readonly group: number;
}

/** A region in or below which something is pending. */
export interface PendingNode {
  readonly region: RegionId;
  readonly parent: PendingNode | undefined;
  readonly children: PendingNode[];
  /** The groups reported in exactly this cell. */
  readonly groups: GroupRef[];
  /** CENs pending here and below, before deduplication. */
  cens: number;
  /** Distinct backed reports here and below. */
  reports: number;
  /** The backed report counted last. Reports are read one after the other, so this keeps each from counting twice. */
  lastReport: number;
}

/** The tree of all regions with pending CENs, from the world down. Groups without CENs are left out. Order-independent but for the order of children and groups. */
export function pendingTree(pending: readonly PendingReport[]): PendingNode {
  const nodes = new Map<RegionId, PendingNode>();
  const root = newNode(WORLD, undefined);
  nodes.set(WORLD, root);
  pending.forEach(({ backed, groups }, report) => {
    groups.forEach(({ cell, count }, group) => {
      if (count === 0) return;
      const leaf = nodes.get(cell) ?? addNode(asRegion(cell), nodes);
      leaf.groups.push({ report, group });
      for (let node: PendingNode | undefined = leaf; node; node = node.parent) {
        node.cens += count;
        if (backed) countReport(node, report);
      }
    });
  });
  return root;
}

function newNode(region: RegionId, parent: PendingNode | undefined): PendingNode {
  return { region, parent, children: [], groups: [], cens: 0, reports: 0, lastReport: -1 };
}

function addNode(region: RegionId, nodes: Map<RegionId, PendingNode>): PendingNode {
  const above = parentOf(region) ?? WORLD;
  const parent = nodes.get(above) ?? addNode(above, nodes);
  const node = newNode(region, parent);
  parent.children.push(node);
  nodes.set(region, node);
  return node;
}

function countReport(node: PendingNode, report: number): void {
  if (node.lastReport === report) return;
  node.lastReport = report;
  node.reports++;
}
