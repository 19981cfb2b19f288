import type { PlannedRegion, Regions, SlotPlan, SlotReport } from '../../regions/index.js';
import type { PendingReport } from '../reports/pending-codec.js';
import { CEN_BYTES } from '../reports/report.js';
import { countedReports } from './counted-reports.js';

export interface PlanSettings {
  readonly splitAbove: number;
  readonly minReports: number;
  readonly regionMaxResolution: number;
  readonly minBatchCens: number;
  readonly uploadPolicy: 'permission' | 'location' | 'open';
  readonly worldMaxHoldSeconds: number;
}

/** Decides what the slot that starts at `slot` publishes, and what waits (docs/partition.md, invariant 6). */
export function planSealing(
  pending: readonly PendingReport[],
  slot: number,
  settings: PlanSettings,
  regions: Pick<Regions, 'planSlot'>,
): SlotPlan {
  const longestHold = longestHoldOf(settings);
  return regions.planSlot(toSlotReports(pending), slot, {
    ...settings,
    longestHold,
    mostHeldCens: settings.minBatchCens,
  });
}

/** Seconds of slots that a report may wait for others. Under `open` nothing backs a report: others would hide nothing. */
export function longestHoldOf({
  uploadPolicy,
  worldMaxHoldSeconds,
}: Pick<PlanSettings, 'uploadPolicy' | 'worldMaxHoldSeconds'>): number {
  return uploadPolicy === 'open' ? 0 : worldMaxHoldSeconds;
}

const TAKEN = new Uint8Array(0);

/** The packed CENs that a planned region publishes, taken out of the reports: once they are sorted, nothing else keeps them in memory. */
export function takeCens(region: PlannedRegion, pending: readonly PendingReport[]): Uint8Array[] {
  return region.groups.map(({ report, group }) => {
    const from = pending[report].groups[group];
    const { cens } = from;
    from.cens = TAKEN;
    return cens;
  });
}

function toSlotReports(pending: readonly PendingReport[]): SlotReport[] {
  const counted = countedReports(pending);
  return pending.map(({ heldSince, groups }, index) => ({
    heldSince,
    backed: counted[index],
    groups: groups.map(({ cell, cens }) => ({ cell, count: cens.length / CEN_BYTES })),
  }));
}
