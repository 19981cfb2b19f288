import type { PartitionSettings, PendingGroup, PlannedRegion, RegionId, Regions } from '../regions/index.js';
import { WORLD } from '../regions/index.js';

/** What a person reports. */
export interface ModelledReport {
  /** CENs by where they were exchanged: so many, each listed under all of these cells. */
  readonly stays: readonly { readonly cells: readonly RegionId[]; readonly count: number }[];
  /** The same by cell, as a report has them. */
  readonly groups: readonly PendingGroup[];
}

export interface ModelledBatch {
  readonly region: RegionId;
  /** Distinct CENs, decoys included. */
  readonly cens: number;
}

/** What the slots of a day seal, the same whatever the way to split. */
export type Slots = readonly (readonly ModelledReport[])[];

/**
 * What each slot of a day seals when fewer than `minReports` reports wait for more, for so many slots at most, as sealing does
 * (src/cens/sealing/plan.ts). The day before was alike: the first slots find waiting what the last ones leave.
 */
export function afterWaiting(slots: Slots, minReports: number, mostSlots: number): Slots {
  const left = seal(slots, { reports: [], since: 0 }, minReports, mostSlots).waiting;
  return seal(slots, { ...left, since: left.since - slots.length }, minReports, mostSlots).sealed;
}

interface Waiting {
  readonly reports: readonly ModelledReport[];
  /** The slot of the first of them. */
  readonly since: number;
}

function seal(slots: Slots, before: Waiting, minReports: number, mostSlots: number) {
  let waiting = before;
  const sealed = slots.map((reports, slot) => {
    const since = waiting.reports.length > 0 ? waiting.since : slot;
    const all = [...waiting.reports, ...reports];
    const waits = all.length < minReports && slot - since < mostSlots;
    waiting = { reports: waits ? all : [], since };
    return waits ? [] : all;
  });
  return { sealed, waiting };
}

/** The batches of what a slot seals. A region has one here: several parts differ in some hundred bytes only. */
export function batchesOf(
  reports: readonly ModelledReport[],
  settings: PartitionSettings,
  minBatchCens: number,
  regions: Pick<Regions, 'partition'>,
): ModelledBatch[] {
  const pending = reports.map(({ groups }) => ({ backed: true, groups }));
  const { regions: planned, short } = regions.partition(pending, settings);
  return (short === undefined ? planned : [short]).map((published) => {
    const cens = distinctCens(published, reports);
    return { region: published.region, cens: published.region === WORLD ? withDecoys(cens, minBatchCens) : cens };
  });
}

/** CENs of a world batch of all that a slot seals; none if that is nothing. */
export function worldCens(reports: readonly ModelledReport[], minBatchCens: number): number {
  const cens = reports.reduce((sum, { stays }) => stays.reduce((ofReport, { count }) => ofReport + count, sum), 0);
  return cens === 0 ? 0 : withDecoys(cens, minBatchCens);
}

/** A CEN that is listed under several cells is published once in each region, whichever of them it holds (protocol section 8). */
function distinctCens({ groups }: PlannedRegion, reports: readonly ModelledReport[]): number {
  const cellsOf = new Map<number, Set<RegionId>>();
  for (const { report, group } of groups) {
    const { cell } = reports[report].groups[group];
    cellsOf.set(report, (cellsOf.get(report) ?? new Set()).add(cell));
  }
  let cens = 0;
  for (const [report, held] of cellsOf) {
    for (const { cells, count } of reports[report].stays) if (cells.some((cell) => held.has(cell))) cens += count;
  }
  return cens;
}

/** A world batch is filled up to the minimum, and by half of a tenth more on average (invariant 6). */
function withDecoys(cens: number, minBatchCens: number): number {
  return cens < minBatchCens ? Math.round(minBatchCens * 1.05) : cens;
}
