import {
  type ModelledSlot,
  type PlannedRegion,
  type RegionId,
  SlotBySlot,
  type SlotReport,
  type SlotRules,
  WORLD,
} from '../regions/index.js';

/** What a person reports. */
export interface ModelledReport extends SlotReport {
  /** CENs by where they were exchanged: so many, each listed under all of these cells. */
  readonly stays: readonly { readonly cells: readonly RegionId[]; readonly count: number }[];
}

export interface ModelledBatch {
  readonly region: RegionId;
  /** Distinct CENs, decoys included. */
  readonly cens: number;
}

/** What the slots of a day seal, the same whatever the way to split. */
export type Slots = readonly (readonly ModelledReport[])[];

/** How a modelled day is sealed; `longestHold` in slots. */
export interface SealingRules extends SlotRules {
  readonly minBatchCens: number;
}

/**
 * The batches of a day, as sealing makes them. The day before was alike: the first slots find waiting what the last ones leave.
 */
export function sealDay(slots: Slots, rules: SealingRules): ModelledBatch[] {
  const server = new SlotBySlot<ModelledReport>(rules);
  slots.forEach((reports, slot) => server.plan(slot - slots.length, reports));
  return slots.flatMap((reports, slot) => batchesOf(server.plan(slot, reports), rules.minBatchCens));
}

/** A region has one batch here: several parts differ in some hundred bytes only. */
function batchesOf({ reports, regions }: ModelledSlot<ModelledReport>, minBatchCens: number): ModelledBatch[] {
  return regions.map((published) => {
    const cens = distinctCens(published, reports);
    return { region: published.region, cens: published.region === WORLD ? withDecoys(cens, minBatchCens) : cens };
  });
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
