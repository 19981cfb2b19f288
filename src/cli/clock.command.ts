import { Command } from 'commander';
import { Database, moveClock } from '../platform/database/index.js';
import { UsageError } from '../usage-error.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

/** `cen clock advance`: moves domain time forward, for tests and simulations. */
export function clockCommand(): Command {
  const advance = new Command('advance')
    .description('Move domain time forward by so many seconds; not in production')
    .argument('<seconds>', 'whole number, 1 or more')
    .option('--json', 'print one JSON document')
    .action(advanceClock);
  return new Command('clock').description('Domain time, for tests and simulations').addCommand(advance);
}

async function advanceClock(text: string, options: { readonly json?: boolean }): Promise<void> {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError('Give the seconds as a whole number, 1 or more: time cannot be set back.');
  await withApplication(async ({ app, config }) => {
    if (config.production) throw new UsageError('The clock of a production deployment cannot be moved.');
    const now = await moveClock(app.get(Database), Number(text));
    print({ now }, options, [`It is now ${formatTime(now)}.`]);
  });
}
