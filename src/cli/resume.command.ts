import { Command } from 'commander';
import { Cens } from '../cens/index.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

/** `cen resume`: the operator's word that the database's clock is right. */
export function resumeCommand(): Command {
  return new Command('resume')
    .description('Confirm that the clock of the database is right, so that sealing and retention go on')
    .option('--json', 'print one JSON document')
    .action(resume);
}

async function resume(options: { readonly json?: boolean }): Promise<void> {
  await withApplication(async ({ app }) => {
    const now = await app.get(Cens).trustClock();
    print({ trusted: now }, options, [`Sealing and retention go on from ${formatTime(now)}.`]);
  });
}
