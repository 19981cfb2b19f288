import type { PlannedRegion } from './planned-region.js';

/** What is held of one report. */
export interface HeldGroups<Group> {
  /** Position of the report in the partition's input. */
  readonly report: number;
  readonly groups: readonly Group[];
}

/** What a partition holds back, by report. */
export function heldGroups<Group>(
  held: PlannedRegion,
  pending: readonly { readonly groups: readonly Group[] }[],
): HeldGroups<Group>[] {
  const byReport = new Map<number, Group[]>();
  for (const { report, group } of held.groups) {
    const groups = byReport.get(report) ?? [];
    groups.push(pending[report]!.groups[group]!);
    byReport.set(report, groups);
  }
  return [...byReport].map(([report, groups]) => ({ report, groups }));
}
