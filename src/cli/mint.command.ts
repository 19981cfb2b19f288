import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { formatNumber, Minting, systemMinter } from '../permissions/index.js';
import { Authorities, DEFAULT_AUTHORITY } from '../staff/index.js';
import { UsageError } from '../usage-error.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

interface MintOptions {
  readonly count: number;
  readonly authority: string;
  readonly validityHours?: number;
  readonly requestId?: string;
  readonly json?: boolean;
}

/** `cen mint`: permission numbers for an authority. */
export function mintCommand(): Command {
  return new Command('mint')
    .description('Mint permission numbers: each allows one report')
    .option('--count <n>', 'how many, 1 to 1000', wholeNumber, 1)
    .option('--validity-hours <n>', 'how long they are valid, 1 to 168; default PERMISSION_HOURS', wholeNumber)
    .option('--authority <name>', 'for which health authority', DEFAULT_AUTHORITY)
    .option('--request-id <uuid>', 'the same again gives the same numbers and mints none')
    .option('--json', 'print one JSON document')
    .action(mint);
}

async function mint(options: MintOptions): Promise<void> {
  await withApplication(async ({ app }) => {
    const authority = await app.get(Authorities).find(options.authority);
    if (authority === undefined) throw new UsageError(`There is no authority named ${options.authority}.`);
    const { order, numbers, expiresAt } = await app.get(Minting).mint(systemMinter(authority), {
      requestId: options.requestId ?? randomUUID(),
      count: options.count,
      validityHours: options.validityHours,
    });
    const lines = [...numbers.map(formatNumber), `Valid until ${formatTime(expiresAt)}, each for one report.`];
    print({ numbers, order, expiresAt }, options, lines);
  });
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}
