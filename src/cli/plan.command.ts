import { Command, Option } from 'commander';
import { type CapacityInput, capacityText, planCapacity } from '../planning/index.js';
import { divisorOf, numberBetween } from './number-option.js';
import { print } from './output.js';

interface PlanOptions {
  readonly infectedPerDay: number;
  readonly population: number;
  readonly areaKm2: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly urbanShare: number;
  readonly cities: number;
  readonly appShare: number;
  readonly censPerReport: number;
  readonly slotSeconds: number;
  readonly retentionDays: number;
  readonly splitAbove: number;
  readonly minReports: number;
  readonly maxResolution: number;
  readonly minBatchCens: number;
  readonly worldMaxHoldSeconds: number;
  readonly locationError: number;
  readonly chaffPerPhone: number;
  readonly peakFactor: number;
  readonly seeds: number;
  readonly phones: number;
  readonly full: boolean;
  readonly json?: boolean;
}

/** `cen plan`: what a deployment needs. It opens no database and asks no server. */
export function planCommand(): Command {
  const number = (flags: string, description: string, standard: number, least: number, most: number) =>
    new Option(flags, description).default(standard).argParser(numberBetween(least, most));
  return new Command('plan')
    .description('Plan a deployment: storage, traffic, uploads and false matches (docs/capacity.md)')
    .addOption(number('--infected-per-day <n>', 'people who report in a day', 5000, 1, 200_000))
    .addOption(number('--population <n>', 'people in the country', 60e6, 1000, 2e9))
    .addOption(number('--area-km2 <n>', 'area of the country', 345_000, 100, 2e7))
    .addOption(number('--latitude <degrees>', 'where its middle lies', 51.2, -80, 80))
    .addOption(number('--longitude <degrees>', 'where its middle lies', 10.4, -180, 180))
    .addOption(number('--urban-share <share>', 'share of the people who live in urban areas', 0.75, 0, 1))
    .addOption(number('--cities <n>', 'urban areas', 80, 1, 5000))
    .addOption(number('--app-share <share>', 'share of the people with the app', 1, 0, 1))
    .addOption(number('--cens-per-report <n>', 'CENs of one report', 9072, 1, 200_000))
    .addOption(
      new Option('--slot-seconds <n>', 'SLOT_SECONDS, divides a day').default(3600).argParser(divisorOf(86_400, 60)),
    )
    .addOption(number('--retention-days <n>', 'RETENTION_DAYS', 21, 1, 42))
    .addOption(number('--split-above <n>', 'SPLIT_ABOVE', 50_000, 1, 8e6))
    .addOption(number('--min-reports <n>', 'MIN_REPORTS', 5, 1, 1000))
    .addOption(number('--max-resolution <n>', 'REGION_MAX_RESOLUTION', 3, 0, 3))
    .addOption(number('--min-batch-cens <n>', 'MIN_BATCH_CENS', 50_000, 0, 4e6))
    .addOption(number('--world-max-hold-seconds <n>', 'WORLD_MAX_HOLD_SECONDS', 21_600, 0, 86_400))
    .addOption(number('--location-error <metres>', 'to how many metres phones know where they are', 100, 0, 100_000))
    .addOption(number('--chaff-per-phone <n>', 'cover uploads of a phone in a day', 0.01, 0, 10))
    .addOption(number('--peak-factor <n>', "the busiest hour's uploads against the mean", 3, 1, 24))
    .addOption(number('--seeds <n>', 'countries to model', 5, 1, 100))
    .addOption(number('--phones <n>', 'phones to look at in each', 500, 10, 100_000))
    .option('--no-full', 'PUBLISH_FULL=false')
    .option('--json', 'print one JSON document')
    .action(plan);
}

function plan(options: PlanOptions): void {
  const { areaKm2, latitude, longitude, urbanShare, cities, maxResolution, full, json: _, ...rest } = options;
  const input: CapacityInput = {
    ...rest,
    country: { areaKm2, centre: { latitude, longitude }, urbanShare, cities },
    regionMaxResolution: maxResolution,
    observations: options.censPerReport,
    publishFull: full,
  };
  const planned = planCapacity(input);
  print({ input, ...planned }, options, capacityText(input, planned));
}
