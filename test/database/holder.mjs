// A process that holds the embedded database as the server does, or as a guest: node holder.mjs DATA_DIR [--guest].
// Prints one JSON line when it is open, closes it on SIGTERM, and reports a refusal as the server does.
import { parseArgs } from 'node:util';
import { openPostgres } from '../../dist/platform/database/open-postgres.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { guest: { type: 'boolean', default: false } },
});
const [dataDir] = positionals;
// Set before anything is opened, as a signal may come at any time.
let wanted = true;
const signalled = new Promise((resolve) => process.once('SIGTERM', resolve)).then(() => (wanted = false));

try {
  const postgres = await openPostgres(
    { dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined },
    { guest: values.guest },
  );
  console.log(JSON.stringify({ url: postgres.url, ownerUrl: postgres.ownerUrl }));
  const stayAlive = setInterval(() => undefined, 60_000);
  const reason = wanted ? await Promise.race([signalled, postgres.lost]) : undefined;
  clearInterval(stayAlive);
  await postgres.close();
  if (reason instanceof Error) throw reason;
} catch (error) {
  console.error(`${error.name}: ${error.message}`);
  process.exit(1);
}
