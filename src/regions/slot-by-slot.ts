import { heldGroups } from './held-groups.js';
import { partition, type PartitionSettings } from './partition.js';
import type { PendingReport } from './pending-tree.js';
import type { PlannedRegion } from './planned-region.js';

/** What a slot publishes where; the groups of `regions` are those of `reports`. */
export interface PartitionedSlot<Report> {
  readonly reports: readonly Report[];
  readonly regions: readonly PlannedRegion[];
}

/**
 * Partitions one slot after the other for models of what is published: what one holds back joins the next, and waits no longer than
 * `longestWait`, in the unit of the slots' starts. Sealing does the same, with what waits in the database.
 */
export class SlotBySlot<Report extends PendingReport> {
  private waiting: readonly Report[] = [];
  /** Start of the slot since which something has waited without a break. */
  private since: number | undefined;

  constructor(
    private readonly settings: PartitionSettings,
    private readonly longestWait: number,
  ) {}

  partition(start: number, fresh: readonly Report[]): PartitionedSlot<Report> {
    const reports = [...this.waiting, ...fresh];
    const since = this.since ?? start;
    const { regions, held } = partition(reports, this.settings, start - since < this.longestWait ? 'hold' : 'publish');
    this.since = held && since;
    this.waiting =
      held === undefined
        ? []
        : heldGroups(held, reports).map(({ report, groups }) => ({ ...reports[report]!, groups }));
    return { reports, regions };
  }
}
