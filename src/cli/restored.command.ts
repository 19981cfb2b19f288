import { Command, Option } from 'commander';
import { Cens } from '../cens/index.js';
import { KeyRotation } from '../platform/keys/index.js';
import { UsageError } from '../usage-error.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

type Decision = 'keep' | 'drop';

interface RestoredOptions {
  readonly reports: Decision;
  readonly numbers: Decision;
  readonly tokens: Decision;
  readonly json?: boolean;
}

/** `cen restored`: the operator's word that the database comes from a backup, before a server runs on it. */
export function restoredCommand(): Command {
  const decision = (name: string, description: string) =>
    new Option(`--${name} <decision>`, description).choices(['keep', 'drop']).makeOptionMandatory();
  return new Command('restored')
    .description('After a restore from a backup: make sure that nothing is published twice under one name')
    .addOption(decision('reports', 'drop the pending ones if any slot was published since the backup'))
    .addOption(decision('numbers', 'drop the live ones if those used since the backup must not work again'))
    .addOption(decision('tokens', 'replace the issuer keys if those spent since the backup must not work again'))
    .option('--json', 'print one JSON document')
    .action(restored);
}

async function restored({ reports, numbers, tokens, ...options }: RestoredOptions): Promise<void> {
  await withApplication(async ({ app }) => {
    const decisions = { dropReports: reports === 'drop', dropNumbers: numbers === 'drop' };
    const firstSlot = await app.get(Cens).beginAfterRestore(decisions);
    if (firstSlot === undefined) throw new UsageError('A server is sealing on this database. Stop all servers first.');
    // Only now that no server is known to run: its issuer's directory would name keys that are gone.
    if (tokens === 'drop') await app.get(KeyRotation).renewIssuer();
    print({ firstSlot, reports, numbers, tokens }, options, [
      `The first slot that will be published starts at ${formatTime(firstSlot)}.`,
      `Pending reports: ${reports === 'drop' ? 'deleted' : 'kept'}. Live numbers: ${numbers === 'drop' ? 'deleted' : 'kept'}.`,
      `Upload tokens: ${tokens === 'drop' ? 'worthless; the key ring has a new issuer key' : 'kept'}.`,
    ]);
  });
}
