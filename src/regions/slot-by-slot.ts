import type { PlannedRegion } from './planned-region.js';
import { planSlot, type SlotReport, type SlotRules } from './slot-plan.js';

/** What a slot publishes where; the groups of `regions` are those of `reports`. */
export interface ModelledSlot<Report> {
  readonly reports: readonly Report[];
  readonly regions: readonly PlannedRegion[];
}

/** Plans one slot after the other, for models of what is published: what one holds is pending in the next, as in a server's database. */
export class SlotBySlot<Report extends SlotReport> {
  private held: readonly Report[] = [];

  constructor(private readonly rules: SlotRules) {}

  plan(start: number, fresh: readonly Report[]): ModelledSlot<Report> {
    const reports = [...this.held, ...fresh];
    const { regions, held } = planSlot(reports, start, this.rules);
    this.held = [...held].map((i) => ({ ...reports[i]!, heldSince: reports[i]!.heldSince ?? start }));
    return { reports, regions };
  }
}
