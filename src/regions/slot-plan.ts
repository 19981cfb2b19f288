import { partition, type Partition, type PartitionSettings } from './partition.js';
import type { PendingReport } from './pending-tree.js';
import type { PlannedRegion } from './planned-region.js';

/** What is decided by. Times are in the unit of the slots' starts. */
export interface SlotRules extends PartitionSettings {
  /** `WORLD_MAX_HOLD_SECONDS`: for how long a report waits for others at most; 0: none waits. */
  readonly longestHold: number;
  /** More CENs than this are not held for the world where anything else is published: its batch needs no decoys then. */
  readonly mostHeldCens: number;
}

export interface SlotReport extends PendingReport {
  /** Start of the slot that held it first. */
  readonly heldSince?: number;
}

export interface SlotPlan {
  /** As of {@link Partition}; without anything of the reports that are held. */
  readonly regions: readonly PlannedRegion[];
  readonly movedUp: number;
  /** Positions of the reports that wait for a later slot, as a whole. */
  readonly held: ReadonlySet<number>;
}

const WITHOUT_ANY = { backed: false, groups: [] };

/**
 * Decides what the slot that starts at `start` publishes where, and what waits (protocol §8). A report waits if something of it would
 * be left for a world of fewer than `minReports` backed reports: as a whole, because a CEN that it lists under several cells must not
 * be public in one of them while it waits in another. The others are divided anew without it, until nothing is left over. All are
 * published if one of those would have to wait for longer than `longestHold`. Pure; as independent of the order as `partition`.
 */
export function planSlot(pending: readonly SlotReport[], start: number, rules: SlotRules): SlotPlan {
  const held = new Set<number>();
  // Each round but the first begins with a base cell that has become too small, or with a world that no longer splits: 123 at most.
  for (;;) {
    const present = pending.map((report, i) => (held.has(i) ? WITHOUT_ANY : report));
    const plan = partition(present, rules, 'hold');
    if (plan.held === undefined) return { ...plan, held };
    const waiting = new Set(plan.held.groups.map(({ report }) => report));
    if (!mayWait(plan, waiting, pending, start, rules)) return { ...partition(present, rules, 'publish'), held };
    for (const report of waiting) held.add(report);
  }
}

function mayWait(
  { regions, held }: Partition,
  waiting: ReadonlySet<number>,
  pending: readonly SlotReport[],
  start: number,
  { longestHold, mostHeldCens }: SlotRules,
): boolean {
  const isOverdue = (report: number): boolean => start - (pending[report]!.heldSince ?? start) >= longestHold;
  return !(regions.length > 0 && held!.cens > mostHeldCens) && ![...waiting].some(isOverdue);
}
