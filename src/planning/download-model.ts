import { cellsAround } from 'cen-client';
import { type PartitionSettings, type PendingGroup, type RegionId, Regions, WORLD } from '../regions/index.js';
import { compactBytes } from './compact-size.js';
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

/** What phones download in a modelled day, in bytes of compact files, under one way to split. */
export interface DownloadFigures {
  readonly world: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
  /** Share of the phones that download more than a quarter of what one world batch would cost. */
  readonly aboveQuarter: number;
  /** Regions with a batch, in the mean of the slots. */
  readonly regionsPerSlot: number;
}

/** Different places where a person was in 21 days, each with an equal part of the person's CENs. */
const PLACES = 24;

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
  const phones = Array.from({ length: settings.phones }, () => new Set(visitedCells(country, settings).flat()));
  return { slots, phones, minBatchCens: settings.minBatchCens };
}

/** What the phones of a modelled day download when its slots are sealed with these settings. */
export function downloads(day: ModelledDay, settings: PartitionSettings): DownloadFigures {
  const regions = new Regions();
  const bytes = new Map<RegionId, number>();
  let world = 0;
  let batches = 0;
  for (const reports of day.slots) {
    const { regions: planned, short } = regions.partition(
      reports.map((groups) => ({ backed: true, groups })),
      settings,
    );
    for (const { region, cens } of short === undefined ? planned : [short]) {
      const size = compactBytes(region === WORLD ? Math.max(cens, day.minBatchCens * 1.05) : cens);
      bytes.set(region, (bytes.get(region) ?? 0) + size);
      batches += 1;
    }
    world += compactBytes(reports.flat().reduce((sum, { count }) => sum + count, 0));
  }
  const sizes = day.phones.map((cells) => pathBytes(cells, bytes, regions)).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))];
  return {
    world,
    median: at(0.5),
    p90: at(0.9),
    max: at(1),
    aboveQuarter: sizes.filter((size) => size > world / 4).length / sizes.length,
    regionsPerSlot: batches / day.slots.length,
  };
}

function reportGroups(country: Country, { censPerReport, locationError }: DaySettings): PendingGroup[] {
  const counts = new Map<RegionId, number>();
  const each = Math.round(censPerReport / PLACES);
  for (const cells of visitedCells(country, { locationError })) {
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + each);
  }
  return [...counts].map(([cell, count]) => ({ cell, count }));
}

/** For each place where a person was, the cells that its error disc touches. */
function visitedCells(country: Country, { locationError }: Pick<DaySettings, 'locationError'>): RegionId[][] {
  const home = country.home();
  return Array.from({ length: PLACES }, () => {
    const { latitude, longitude } = country.dayPlace(home);
    return cellsAround(latitude, longitude, locationError);
  });
}

/** Bytes of all regions on the paths from `world` to these cells, each once. */
function pathBytes(cells: ReadonlySet<RegionId>, bytes: ReadonlyMap<RegionId, number>, regions: Regions): number {
  const path = new Set([...cells].flatMap((cell) => [cell, ...regions.ancestors(cell)]));
  return [...path].reduce((sum, region) => sum + (bytes.get(region) ?? 0), 0);
}
