import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { numberBetween } from './number-option.js';
import { print } from './output.js';
import {
  type Progress,
  outcomeChart,
  outcomeText,
  type Outcome,
  simulate,
  type SimulationSettings,
} from '../simulation/index.js';
import { type OwnDeployment, withOwnDeployment, withRunningDeployment } from './simulated-deployment.js';

interface SimulateOptions extends OwnDeployment, Omit<SimulationSettings, 'country' | 'killEvery'> {
  readonly areaKm2: number;
  readonly slotHours: number;
  readonly kill: number;
  readonly url?: string;
  readonly requireRegions: number;
  readonly requireRatio: number;
  readonly chart?: string;
  readonly json?: boolean;
}

const URBAN_SHARE = 0.75;
const CENTRE = { latitude: 50, longitude: 11 };

/** `cen simulate`: a country in a box against real servers; fails if a contact was missed or something was found wrongly. */
export function simulateCommand(): Command {
  const number = (flags: string, description: string, standard: number, least: number, most: number) =>
    new Option(flags, description).default(standard).argParser(numberBetween(least, most));
  return new Command('simulate')
    .description('Play a country against real servers and check every contact (docs/simulation.md)')
    .addOption(number('--people <n>', 'people with phones', 2000, 10, 100_000))
    .addOption(number('--days <n>', 'simulated days', 21, 2, 60))
    .addOption(number('--seed <n>', 'the same seed gives the same people and meetings', 1, 0, 2 ** 31))
    .addOption(number('--servers <n>', 'servers to start, on one database', 2, 1, 8))
    .addOption(number('--kill <slots>', 'kill a server every so many slots; 0: never', 5, 0, 1000))
    .addOption(number('--area-km2 <n>', 'area of the country', 1_000_000, 1000, 1e7))
    .addOption(number('--diagnosed-share <share>', 'share of the people who are diagnosed', 0.5, 0, 1))
    .addOption(number('--sync-hours <n>', 'mean hours between two syncs of a phone', 36, 1, 200))
    .addOption(number('--chaff-per-phone <n>', 'cover uploads of a phone in a day', 0.05, 0, 10))
    .addOption(number('--concurrency <n>', 'requests under way at once', 16, 1, 200))
    .addOption(number('--slot-hours <n>', 'SLOT_SECONDS of the servers that are started, in hours', 6, 1, 24))
    .addOption(number('--min-reports <n>', 'MIN_REPORTS of the servers that are started', 2, 1, 100))
    .addOption(number('--split-above <n>', 'SPLIT_ABOVE of the servers that are started', 300, 1, 1e6))
    .addOption(number('--min-batch-cens <n>', 'MIN_BATCH_CENS of the servers that are started', 300, 0, 1e6))
    .addOption(number('--require-regions <n>', 'fail if batches were published in fewer regions', 0, 0, 50_000))
    .addOption(
      number('--require-ratio <n>', "fail if the median phone's bytes are more times 5.3 B a CEN", 100, 1, 100),
    )
    .option('--url <url>', 'a running server on the database of the environment, instead of starting some')
    .option('--chart <file>', 'write a picture (SVG)')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(options: SimulateOptions): Promise<void> {
  const settings: SimulationSettings = {
    ...options,
    killEvery: options.url === undefined ? options.kill : 0,
    country: {
      areaKm2: options.areaKm2,
      centre: CENTRE,
      urbanShare: URBAN_SHARE,
      cities: Math.max(5, Math.round(options.people / 40)),
    },
  };
  const play = (deployment: Parameters<typeof simulate>[1]) => simulate(settings, deployment, sayProgress);
  const outcome =
    options.url === undefined
      ? await withOwnDeployment({ ...options, slotSeconds: options.slotHours * 3600 }, play)
      : await withRunningDeployment(options.url, play);
  report(outcome, settings, options);
}

function report(outcome: Outcome, settings: SimulationSettings, options: SimulateOptions): void {
  const title = `${settings.people} people, ${settings.days} days, seed ${settings.seed}`;
  if (options.chart !== undefined) writeFileSync(options.chart, outcomeChart(outcome, title));
  print({ settings, ...outcome }, options, outcomeText(outcome));
  const unmet = unmetOf(outcome, options);
  for (const what of unmet) console.error(what);
  if (!outcome.ok || unmet.length > 0) process.exitCode = 1;
}

/** What the options require of a simulation beyond a right outcome, and it has not shown. */
function unmetOf({ published, ratioToPath }: Outcome, { requireRegions, requireRatio }: SimulateOptions): string[] {
  return [
    ...(published.regions < requireRegions ? [`Only ${published.regions} regions, not ${requireRegions}.`] : []),
    ...(ratioToPath.p50 > requireRatio ? [`${ratioToPath.p50} times 5.3 B a CEN, not ${requireRatio}.`] : []),
  ];
}

/** Progress goes to standard error: standard output is the result's. */
function sayProgress({ day, days, uploads, syncs, regions, seconds }: Progress): void {
  console.error(
    `day ${String(day).padStart(2)} of ${days}   ${uploads} reports   ${syncs} syncs   ${regions} regions   ${seconds.toFixed(0)} s`,
  );
}
