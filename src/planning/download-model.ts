import { cellsAround, cellsAt } from 'cen-client';
import { type PartitionSettings, type RegionId, Regions } from '../regions/index.js';
import { compactBytes, falseMatches, fullBytes } from './compact-size.js';
import { type Country, type CountrySettings, modelCountry } from './country.js';
import { type ModelledReport, sealDay, type Slots } from './sealing-model.js';
import { poisson, seededRandom } from './random.js';

const DAY_SECONDS = 86_400;
/** The world's resolution: nothing is split. */
const UNSPLIT = { regionMaxResolution: -1 };

/** What a day of a country is modelled from. */
export interface DaySettings {
  readonly country: CountrySettings;
  readonly reportsPerDay: number;
  readonly censPerReport: number;
  readonly slotsPerDay: number;
  readonly minBatchCens: number;
  readonly worldMaxHoldSeconds: number;
  /** Metres to which a phone knows where it is. */
  readonly locationError: number;
  /** Phones that are looked at. */
  readonly phones: number;
  readonly seed: number;
}

/** What is published in a modelled day under one way to split, and what phones download of it. Bytes are of compact files. */
export interface DayFigures {
  /** What each phone would download if nothing were split. */
  readonly worldBytes: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  /** Of `worldBytes`; 1 on a day without any. */
  readonly medianShare: number;
  readonly p90Share: number;
  /** Share of the phones that download more than a quarter of `worldBytes`. */
  readonly aboveQuarter: number;
  /** Regions with a batch, in the mean of the slots. */
  readonly regionsPerSlot: number;
  readonly compactBytes: number;
  readonly fullBytes: number;
  /** Expected false matches of one observation in the day, in the mean of the phones, by remainder bits. */
  readonly falseMatches: { readonly 40: number; readonly 32: number };
}

/** A day's reports and the places of phones; the same whatever the way to split. */
export interface ModelledDay {
  readonly slots: Slots;
  /** The cells that each phone follows. */
  readonly phones: readonly ReadonlySet<RegionId>[];
  readonly minBatchCens: number;
  /** Slots for which a report waits at most. */
  readonly longestHold: number;
}

/** Draws a day: reports at random moments, and phones. */
export function modelDay(settings: DaySettings): ModelledDay {
  const random = seededRandom(settings.seed);
  const country = modelCountry(settings.country, random);
  const slots = Array.from({ length: settings.slotsPerDay }, () =>
    Array.from({ length: poisson(random, settings.reportsPerDay / settings.slotsPerDay) }, () =>
      drawReport(country, settings),
    ),
  );
  const phones = Array.from({ length: settings.phones }, () => drawPhone(country, settings));
  const longestHold = (settings.worldMaxHoldSeconds * settings.slotsPerDay) / DAY_SECONDS;
  return { slots, phones, minBatchCens: settings.minBatchCens, longestHold };
}

/** What is published and downloaded when the slots of a modelled day are sealed with these settings. */
export function dayFigures(day: ModelledDay, settings: PartitionSettings): DayFigures {
  const regions = new Regions();
  const { minBatchCens, longestHold } = day;
  const batchesBy = (splitting: PartitionSettings) =>
    sealDay(day.slots, { ...splitting, longestHold, minBatchCens, mostHeldCens: minBatchCens });
  const batches = batchesBy(settings);
  const byRegion = new Map<RegionId, RegionFigures>();
  for (const { region, cens } of batches) addBatch(byRegion, region, cens);
  const worldBytes = sum(batchesBy({ ...settings, ...UNSPLIT }), ({ cens }) => compactBytes(cens));
  const paths = day.phones.map((cells) => pathOf(cells, byRegion, regions));
  const sizes = paths.map((path) => sum(path, ({ compact }) => compact)).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))];
  const ofWorld = (size: number) => (worldBytes === 0 ? 1 : size / worldBytes);
  return {
    worldBytes,
    mean: sum(sizes, (size) => size) / sizes.length,
    median: at(0.5),
    p90: at(0.9),
    medianShare: ofWorld(at(0.5)),
    p90Share: ofWorld(at(0.9)),
    aboveQuarter: sizes.filter((size) => size > worldBytes / 4).length / sizes.length,
    regionsPerSlot: batches.length / day.slots.length,
    compactBytes: sum(batches, ({ cens }) => compactBytes(cens)),
    fullBytes: sum(batches, ({ cens }) => fullBytes(cens)),
    falseMatches: {
      40: sum(paths, (path) => sum(path, ({ false40 }) => false40)) / paths.length,
      32: sum(paths, (path) => sum(path, ({ false32 }) => false32)) / paths.length,
    },
  };
}

interface RegionFigures {
  compact: number;
  false40: number;
  false32: number;
}

function addBatch(byRegion: Map<RegionId, RegionFigures>, region: RegionId, cens: number): void {
  const figures = byRegion.get(region) ?? { compact: 0, false40: 0, false32: 0 };
  figures.compact += compactBytes(cens);
  figures.false40 += falseMatches(cens, 1, 40);
  figures.false32 += falseMatches(cens, 1, 32);
  byRegion.set(region, figures);
}

/** A person's report: the CENs of each stay under every cell that the location error touches. */
function drawReport(country: Country, { censPerReport, locationError }: DaySettings): ModelledReport {
  let share = 0;
  const stays = country.threeWeeks(country.home()).map((stay) => {
    const before = Math.round(share * censPerReport);
    share += stay.share;
    const { latitude, longitude } = stay.at;
    return { cells: cellsAt(latitude, longitude, locationError), count: Math.round(share * censPerReport) - before };
  });
  const byCell = new Map<RegionId, number>();
  for (const { cells, count } of stays) for (const cell of cells) byCell.set(cell, (byCell.get(cell) ?? 0) + count);
  return { backed: true, stays, groups: [...byCell].map(([cell, count]) => ({ cell, count })) };
}

/** The cells that a phone follows: of each place of three weeks, all within its location error + 2 km. */
function drawPhone(country: Country, { locationError }: DaySettings): ReadonlySet<RegionId> {
  const stays = country.threeWeeks(country.home());
  return new Set(stays.flatMap(({ at }) => cellsAround(at.latitude, at.longitude, locationError)));
}

/** The regions with batches on the paths from `world` to these cells, each once. */
function pathOf(
  cells: ReadonlySet<RegionId>,
  byRegion: ReadonlyMap<RegionId, RegionFigures>,
  regions: Regions,
): RegionFigures[] {
  const path = new Set([...cells].flatMap((cell) => [cell, ...regions.ancestors(cell)]));
  return [...path].flatMap((region) => byRegion.get(region) ?? []);
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
