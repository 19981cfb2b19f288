import type { CapacityInput, CapacityPlan, Spread, SplitRow } from './capacity.js';

/** The plan as lines for people. */
export function capacityText(input: CapacityInput, plan: CapacityPlan): string[] {
  const { original, database, phone, cdn, uploads, falseMatchesPerDay } = plan;
  const row = (name: string, value: string) => `  ${name.padEnd(38)}${value}`;
  return [
    `${whole(input.infectedPerDay)} infected a day among ${whole(input.population)} people, ${input.retentionDays} days kept, ${input.seeds} modelled countries`,
    '',
    'The original proposal',
    row('a person', `${bytes(original.bytesPerPerson)}  (50 B x 3 phones x 12 an hour x 12 h x 21 days)`),
    row(`${whole(original.persons)} persons in 21 days`, bytes(original.bytes)),
    '',
    'This server',
    row('database, compact and full', bytes(database.bytes)),
    row('database, compact only', bytes(database.bytesWithoutFull)),
    row('of these pending at the busiest hour', bytes(database.pendingBytes)),
    row('uploads a day, chaff included', whole(uploads.perDay)),
    row('uploads a second at peak', uploads.perSecondAtPeak.toFixed(1)),
    '',
    'Phones, a day',
    row('if nothing were split', bytes(phone.world)),
    row('median phone', `${bytes(phone.median.median)}  (${bytes(phone.median.least)} to ${bytes(phone.median.most)})`),
    row(
      'nine tenths stay below',
      `${bytes(phone.p90.median)}  (${bytes(phone.p90.least)} to ${bytes(phone.p90.most)})`,
    ),
    row('CDN, all phones', `${bytes(cdn.bytesPerDay)}, ${(cdn.meanBitsPerSecond / 1e9).toFixed(1)} Gbit/s on average`),
    row('false matches, all phones, P = 40', falseMatchesPerDay[40].toPrecision(2)),
    row('false matches, all phones, P = 32', falseMatchesPerDay[32].toPrecision(2)),
    '',
    'By how it splits: downloads against one world batch; median of the modelled countries (least to most)',
    `  ${'SPLIT_ABOVE'.padStart(11)}  finest  ${'median phone'.padEnd(22)}${'nine tenths below'.padEnd(22)}${'phones above 1/4'.padEnd(20)}regions a slot`,
    ...plan.splits.map(splitLine),
  ];
}

function splitLine(row: SplitRow): string {
  const finest = row.maxResolution < 0 ? 'world' : `res ${row.maxResolution}`;
  const share = (of: Spread) => `${of.median.toFixed(3)} (${of.least.toFixed(3)}-${of.most.toFixed(3)})`;
  const above = `${percent(row.aboveQuarter.median)} (${percent(row.aboveQuarter.least)}-${percent(row.aboveQuarter.most)})`;
  return `  ${whole(row.splitAbove).padStart(11)}  ${finest.padEnd(6)}  ${share(row.medianShare).padEnd(22)}${share(row.p90Share).padEnd(22)}${above.padEnd(20)}${row.regionsPerSlot.median.toFixed(1)}`;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${(value / 1000 ** step).toPrecision(3)} ${units[step]}`;
}
