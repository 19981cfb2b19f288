import { cellsAround } from 'cen-client';
import { type PartitionSettings, type PendingGroup, type RegionId, Regions, WORLD } from '../regions/index.js';
import { compactBytes, falseMatches, fullBytes } from './compact-size.js';
import { type Country, type CountrySettings, modelCountry } from './country.js';
import { poisson, seededRandom } from './random.js';

/** What a day of a country is modelled from. */
export interface DaySettings {
  readonly country: CountrySettings;
  readonly reportsPerDay: number;
  readonly censPerReport: number;
  readonly slotsPerDay: number;
  readonly minBatchCens: number;
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
  readonly median: number;
  readonly p90: number;
  readonly max: number;
  /** Share of the phones that download more than a quarter of `worldBytes`. */
  readonly aboveQuarter: number;
  /** Regions with a batch, in the mean of the slots. */
  readonly regionsPerSlot: number;
  /** CENs in all batches, decoys included; one that is listed in two regions counts twice. */
  readonly publishedCens: number;
  readonly compactBytes: number;
  readonly fullBytes: number;
  /** Expected false matches of one observation in the day, in the mean of the phones, by remainder bits. */
  readonly falseMatches: { readonly 40: number; readonly 32: number };
}

/** A day's reports and the places of phones; the same whatever the way to split. */
export interface ModelledDay {
  readonly slots: readonly (readonly PendingGroup[])[][];
  /** The cells that each phone follows. */
  readonly phones: readonly ReadonlySet<RegionId>[];
  readonly minBatchCens: number;
}

/** Draws a day: reports at random moments, each person's CENs under every cell that a place's error disc touches. */
export function modelDay(settings: DaySettings): ModelledDay {
  const random = seededRandom(settings.seed);
  const country = modelCountry(settings.country, random);
  const slots = Array.from({ length: settings.slotsPerDay }, () =>
    Array.from({ length: poisson(random, settings.reportsPerDay / settings.slotsPerDay) }, () =>
      reportGroups(country, settings),
    ),
  );
  const phones = Array.from(
    { length: settings.phones },
    () => new Set(visits(country, settings.locationError).flatMap(({ cells }) => cells)),
  );
  return { slots, phones, minBatchCens: settings.minBatchCens };
}

/** What is published and downloaded when the slots of a modelled day are sealed with these settings. */
export function dayFigures(day: ModelledDay, settings: PartitionSettings): DayFigures {
  const regions = new Regions();
  const batches = day.slots.flatMap((reports) => batchesOf(reports, settings, day.minBatchCens, regions));
  const byRegion = new Map<RegionId, RegionFigures>();
  for (const { region, cens } of batches) addBatch(byRegion, region, cens);
  const worldBytes = sum(day.slots, (reports) => compactBytes(sum(reports.flat(), ({ count }) => count)));
  const paths = day.phones.map((cells) => pathOf(cells, byRegion, regions));
  const sizes = paths.map((path) => sum(path, ({ compact }) => compact)).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))];
  return {
    worldBytes,
    median: at(0.5),
    p90: at(0.9),
    max: at(1),
    aboveQuarter: sizes.filter((size) => size > worldBytes / 4).length / sizes.length,
    regionsPerSlot: batches.length / day.slots.length,
    publishedCens: sum(batches, ({ cens }) => cens),
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

/** The batches of one slot. A region has one batch here: several parts differ in some hundred bytes only. */
function batchesOf(
  reports: readonly (readonly PendingGroup[])[],
  settings: PartitionSettings,
  minBatchCens: number,
  regions: Regions,
): { region: RegionId; cens: number }[] {
  const { regions: planned, short } = regions.partition(
    reports.map((groups) => ({ backed: true, groups })),
    settings,
  );
  return (short === undefined ? planned : [short]).map(({ region, cens }) => ({
    region,
    // A world batch is filled up to the minimum, and half of a tenth more on average (invariant 6).
    cens: region === WORLD && cens < minBatchCens ? Math.round(minBatchCens * 1.05) : cens,
  }));
}

function reportGroups(country: Country, { censPerReport, locationError }: DaySettings): PendingGroup[] {
  const counts = new Map<RegionId, number>();
  for (const { cells, share } of visits(country, locationError)) {
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + Math.round(share * censPerReport));
  }
  return [...counts].map(([cell, count]) => ({ cell, count }));
}

/** For each place where a person was, the cells that its error disc touches and its share of the person's CENs. */
function visits(country: Country, locationError: number): { cells: RegionId[]; share: number }[] {
  return country.threeWeeks(country.home()).map(({ at, share }) => ({
    cells: cellsAround(at.latitude, at.longitude, locationError),
    share,
  }));
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
