import type { PartitionSettings } from '../regions/index.js';
import type { CountrySettings } from './country.js';
import { dayFigures, type DayFigures, modelDay, type ModelledDay } from './download-model.js';

/** What a deployment is planned for. Where each default comes from: docs/capacity.md. */
export interface CapacityInput extends PartitionSettings {
  readonly infectedPerDay: number;
  readonly population: number;
  readonly country: CountrySettings;
  /** Share of the population with the app. */
  readonly appShare: number;
  readonly censPerReport: number;
  /** CENs that a phone has heard within retention. */
  readonly observations: number;
  readonly slotSeconds: number;
  readonly retentionDays: number;
  readonly minBatchCens: number;
  readonly worldMaxHoldSeconds: number;
  /** Metres to which a phone knows where it is. */
  readonly locationError: number;
  readonly publishFull: boolean;
  /** Cover uploads of a phone in a day. */
  readonly chaffPerPhone: number;
  /** The busiest hour's uploads against the mean of the day's. */
  readonly peakFactor: number;
  readonly seeds: number;
  /** Phones that the model looks at. */
  readonly phones: number;
}

/** A figure of several modelled countries: its median and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Phones' downloads under one way to split, as shares of what one world batch would cost. */
export interface SplitRow {
  readonly splitAbove: number;
  /** -1: nothing is split. */
  readonly maxResolution: number;
  readonly medianShare: Spread;
  readonly p90Share: Spread;
  readonly aboveQuarter: Spread;
  readonly regionsPerSlot: Spread;
}

export interface CapacityPlan {
  readonly original: { readonly bytesPerPerson: number; readonly persons: number; readonly bytes: number };
  readonly database: {
    readonly pendingBytes: number;
    readonly compactBytes: number;
    readonly fullBytes: number;
    readonly bytes: number;
    readonly bytesWithoutFull: number;
  };
  /** Bytes that a phone downloads in a day. */
  readonly phone: { readonly world: number; readonly median: Spread; readonly p90: Spread };
  readonly cdn: { readonly bytesPerDay: number; readonly meanBitsPerSecond: number };
  readonly uploads: { readonly perDay: number; readonly perSecondAtPeak: number };
  /** Expected false matches in a day, of all phones together, by remainder bits. */
  readonly falseMatchesPerDay: { readonly 40: number; readonly 32: number };
  readonly splits: readonly SplitRow[];
}

/** The original proposal: 50 B a record, 3 phones nearby, 12 records an hour, 12 h a day, 21 days. */
const ORIGINAL = { bytes: 50, phones: 3, perHour: 12, hours: 12, days: 21 };
/** CENs lie in Postgres as packed bytes; pages and row headers take about 5 % more (measured, docs/capacity.md). */
const STORAGE_OVERHEAD = 1.05;
const CEN_BYTES = 16;
const DAY_SECONDS = 86_400;
const TABLE_SPLIT_ABOVE = [12_500, 50_000, 200_000];
const TABLE_RESOLUTIONS = [-1, 0, 1, 2, 3];

/** What a deployment needs: storage, traffic, uploads, and false matches (docs/capacity.md has the formulas). Takes seconds. */
export function planCapacity(input: CapacityInput): CapacityPlan {
  const days = Array.from({ length: input.seeds }, (_, i) => modelDay({ ...toDay(input), seed: i + 1 }));
  const figures = days.map((day) => dayFigures(day, input));
  const middle = (figure: (of: DayFigures) => number) => spread(figures.map(figure)).median;
  const phones = input.population * input.appShare;
  const median = spread(figures.map(({ median: size }) => size));
  const perPhone = middle(({ mean }) => mean);
  return {
    original: original(input.infectedPerDay * ORIGINAL.days),
    database: database(input, middle),
    phone: {
      world: middle((of) => of.worldBytes),
      median,
      p90: spread(figures.map(({ p90 }) => p90)),
    },
    cdn: { bytesPerDay: phones * perPhone, meanBitsPerSecond: (phones * perPhone * 8) / DAY_SECONDS },
    uploads: uploads(input, phones),
    falseMatchesPerDay: {
      40: phones * input.observations * middle((of) => of.falseMatches[40]),
      32: phones * input.observations * middle((of) => of.falseMatches[32]),
    },
    splits: splitTable(days, input),
  };
}

/** The original proposal's formula for so many persons. */
export function original(persons: number): CapacityPlan['original'] {
  const { bytes, phones, perHour, hours, days } = ORIGINAL;
  const bytesPerPerson = bytes * phones * perHour * hours * days;
  return { bytesPerPerson, persons, bytes: bytesPerPerson * persons };
}

function database(
  input: CapacityInput,
  middle: (figure: (of: DayFigures) => number) => number,
): CapacityPlan['database'] {
  // A batch lives until 21 days after the date of its slot: at most, and just before midnight, one day more than retention.
  const liveDays = input.retentionDays + 1;
  const compactBytes = middle((of) => of.compactBytes) * liveDays * STORAGE_OVERHEAD;
  const fullBytes = input.publishFull ? middle((of) => of.fullBytes) * liveDays * STORAGE_OVERHEAD : 0;
  const pendingCens = (input.infectedPerDay * input.censPerReport * input.slotSeconds) / DAY_SECONDS;
  const pendingBytes = pendingCens * input.peakFactor * CEN_BYTES * STORAGE_OVERHEAD;
  return {
    pendingBytes,
    compactBytes,
    fullBytes,
    bytes: pendingBytes + compactBytes + fullBytes,
    bytesWithoutFull: pendingBytes + compactBytes,
  };
}

function uploads({ infectedPerDay, chaffPerPhone, peakFactor }: CapacityInput, phones: number) {
  const perDay = infectedPerDay + phones * chaffPerPhone;
  return { perDay, perSecondAtPeak: (perDay * peakFactor) / DAY_SECONDS };
}

function splitTable(days: readonly ModelledDay[], input: CapacityInput): SplitRow[] {
  const above = [...new Set([...TABLE_SPLIT_ABOVE, input.splitAbove])].sort((a, b) => a - b);
  return above.flatMap((splitAbove) =>
    TABLE_RESOLUTIONS.map((maxResolution) => {
      const settings = { splitAbove, minReports: input.minReports, regionMaxResolution: maxResolution };
      const figures = days.map((day) => dayFigures(day, settings));
      return {
        splitAbove,
        maxResolution,
        medianShare: spread(figures.map(({ medianShare }) => medianShare)),
        p90Share: spread(figures.map(({ p90Share }) => p90Share)),
        aboveQuarter: spread(figures.map(({ aboveQuarter }) => aboveQuarter)),
        regionsPerSlot: spread(figures.map(({ regionsPerSlot }) => regionsPerSlot)),
      };
    }),
  );
}

function toDay(input: CapacityInput) {
  const { country, censPerReport, minBatchCens, worldMaxHoldSeconds, locationError, phones } = input;
  return {
    country,
    censPerReport,
    minBatchCens,
    worldMaxHoldSeconds,
    locationError,
    phones,
    reportsPerDay: input.infectedPerDay,
    slotsPerDay: DAY_SECONDS / input.slotSeconds,
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], least: sorted[0], most: sorted[sorted.length - 1] };
}
