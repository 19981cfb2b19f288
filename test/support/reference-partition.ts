// The rule of protocol §8 once more, sentence by sentence, with no regard for cost: what src/regions/partition.ts is compared with.
import { cellToChildren, cellToParent, getRes0Cells, getResolution } from 'h3-js';
import { WORLD, type RegionId } from '../../src/regions/cell.js';
import type { PartitionSettings, ShortWorld } from '../../src/regions/partition.js';

/** A group as the tests see it: knows its report, and its place, which survives shuffling as `id`. */
export interface Load {
  readonly id: string;
  readonly report: string;
  readonly backed: boolean;
  readonly cell: RegionId;
  readonly count: number;
}

export const big = (index: string): bigint => BigInt(`0x${index}`);
export const hex = (cell: bigint): string => cell.toString(16);

const remembered = <T>(compute: (region: RegionId) => T): ((region: RegionId) => T) => {
  const known = new Map<RegionId, T>();
  return (region) => {
    if (!known.has(region)) known.set(region, compute(region));
    return known.get(region)!;
  };
};
export const resolution = remembered((region) => (region === WORLD ? -1 : getResolution(hex(region))));
/** By h3-js alone: the cell itself and all that is above it. */
export const pathOf = remembered((cell) => {
  const cells = Array.from({ length: resolution(cell) + 1 }, (_, level) => big(cellToParent(hex(cell), level)));
  return new Set([WORLD, ...cells]);
});
export const covers = (region: RegionId, cell: RegionId): boolean => pathOf(cell).has(region);
export const childrenOf = remembered((region) =>
  (region === WORLD ? getRes0Cells() : cellToChildren(hex(region), resolution(region) + 1)).map(big),
);
export const cens = (loads: readonly Load[]): number => loads.reduce((sum, { count }) => sum + count, 0);
export const reports = (loads: readonly Load[]): number =>
  new Set(loads.filter(({ backed }) => backed).map(({ report }) => report)).size;

export type Published = Map<RegionId, Load[]>;

/** What comes of a slot: `held` waits for a later one. */
export interface Slot {
  readonly published: Published;
  readonly held: readonly Load[];
}

export function byTheText(pending: Load[], settings: PartitionSettings, shortWorld: ShortWorld): Slot {
  const { parts, remains } = divided(WORLD, pending, settings);
  if (shortWorld === 'publish' || remains.length === 0 || reports(remains) >= settings.minReports) {
    return { published: publishedByTheText(WORLD, pending, settings), held: [] };
  }
  const published = parts.flatMap((part) => [...publishedByTheText(part, below(part, pending), settings)]);
  return { published: new Map(published), held: remains };
}

export const below = (region: RegionId, pending: readonly Load[]): Load[] =>
  pending.filter(({ cell }) => covers(region, cell));

/** The children that get their own part of the tree, and what remains. */
function divided(region: RegionId, pending: readonly Load[], settings: PartitionSettings) {
  const isSplit = cens(pending) > settings.splitAbove && resolution(region) < settings.regionMaxResolution;
  const parts = isSplit
    ? childrenOf(region).filter((child) => reports(below(child, pending)) >= settings.minReports)
    : [];
  return { parts, remains: pending.filter(({ cell }) => !parts.some((child) => covers(child, cell))) };
}

function publishedByTheText(
  region: RegionId,
  pending: readonly Load[],
  settings: PartitionSettings,
  filledUp = new Set<RegionId>(),
): Published {
  const { parts, remains } = divided(region, pending, settings);
  const published: Published = new Map(
    parts.flatMap((part) => [...publishedByTheText(part, below(part, pending), settings, filledUp)]),
  );
  if (remains.length === 0) return published;
  if (reports(remains) >= settings.minReports || published.size === 0) return published.set(region, remains);
  const filled = fillByTheText(remains, published, settings.minReports, filledUp);
  filledUp.add(region);
  return published.set(region, filled);
}

/** Fills up from `published`, of which it takes what it moves. */
function fillByTheText(
  remains: Load[],
  published: Published,
  minReports: number,
  filledUp: ReadonlySet<RegionId>,
): Load[] {
  const groupsOf = (report: string): Load[] => remains.filter((load) => load.backed && load.report === report);
  const least = Math.max(0, ...remains.map(({ report }) => cens(groupsOf(report))));
  const left: Published = new Map(published);
  let filled = remains;
  const givers = [...published].filter(([region]) => !filledUp.has(region));
  const lots = givers.flatMap(([region, loads]) =>
    loads.filter(({ backed, count }) => backed && count >= least).map(({ cell, count }) => ({ region, cell, count })),
  );
  lots.sort((a, b) => a.count - b.count || Number(a.cell - b.cell) || Number(a.region - b.region));
  for (const { region, cell, count } of lots) {
    if (reports(filled) >= minReports) break;
    const here = filled.filter(({ backed }) => backed).map(({ report }) => report);
    const lot = left
      .get(region)!
      .filter((load) => load.backed && load.cell === cell && load.count === count && !here.includes(load.report));
    const rest = left.get(region)!.filter((load) => !lot.includes(load));
    if (reports(rest) < minReports) continue;
    left.set(region, rest);
    filled = [...filled, ...lot];
  }
  if (reports(filled) >= minReports) {
    for (const [region, loads] of left) published.set(region, loads);
    return filled;
  }
  const [smallest, all] = [...published].sort(([r, a], [s, b]) => cens(a) - cens(b) || Number(r - s))[0]!;
  published.delete(smallest);
  return [...remains, ...all];
}
