import type { Partition, PlannedRegion, Regions } from '../../regions/index.js';
import type { PendingReport } from '../reports/pending-codec.js';
import { CEN_BYTES } from '../reports/report.js';
import { countedReports } from './counted-reports.js';

export interface PlanSettings {
  readonly splitAbove: number;
  readonly minReports: number;
  readonly regionMaxResolution: number;
  readonly uploadPolicy: 'permission' | 'location' | 'open';
  readonly worldMaxHoldSeconds: number;
}

/** What a sealing does with all that it read. */
export interface SealingPlan extends Partition {
  /** Start of the first slot since which something has been held without a break; undefined when nothing is held. */
  readonly heldSince: number | undefined;
}

/**
 * Decides what the slot that starts at `slot` publishes (docs/partition.md, invariant 6). What is left for the world, of too few
 * backed reports, waits until as many seconds of slots have passed since `heldSince` as the world may hold; then all goes out.
 */
export function planSealing(
  pending: readonly PendingReport[],
  slot: number,
  heldSince: number | undefined,
  settings: PlanSettings,
  regions: Pick<Regions, 'partition'>,
): SealingPlan {
  const since = heldSince ?? slot;
  const mayHold = settings.uploadPolicy !== 'open' && slot - since < settings.worldMaxHoldSeconds;
  const plan = regions.partition(toPartitionInput(pending), settings, mayHold ? 'hold' : 'publish');
  return { ...plan, heldSince: plan.held && since };
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

function toPartitionInput(pending: readonly PendingReport[]) {
  const counted = countedReports(pending);
  return pending.map((report, index) => ({
    backed: counted[index],
    groups: report.groups.map(({ cell, cens }) => ({ cell, count: cens.length / CEN_BYTES })),
  }));
}
