import type { RegionId } from './cell.js';
import type { GroupRef, PendingReport } from './pending-tree.js';

export interface PlannedRegion {
  readonly region: RegionId;
  /** In no particular order. */
  readonly groups: readonly GroupRef[];
  /** CENs in those groups, before deduplication. */
  readonly cens: number;
  /** Distinct backed reports among those groups. */
  readonly reports: number;
  /** Whether it has been given groups from regions below, for want of reports. */
  readonly filledUp: boolean;
}

export function plannedRegion(
  region: RegionId,
  groups: readonly GroupRef[],
  pending: readonly PendingReport[],
): PlannedRegion {
  const backed = new Set<number>();
  let cens = 0;
  for (const group of groups) {
    cens += censIn(group, pending);
    if (isBacked(group, pending)) backed.add(group.report);
  }
  return { region, groups, cens, reports: backed.size, filledUp: false };
}

export const censIn = ({ report, group }: GroupRef, pending: readonly PendingReport[]): number =>
  pending[report]!.groups[group]!.count;

export const cellOf = ({ report, group }: GroupRef, pending: readonly PendingReport[]): RegionId =>
  pending[report]!.groups[group]!.cell;

export const isBacked = ({ report }: GroupRef, pending: readonly PendingReport[]): boolean => pending[report]!.backed;
