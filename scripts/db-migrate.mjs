// npm run db:migrate [-- --rolled-back NAME]: brings the database of the configuration up to date.
import { parseArgs } from 'node:util';
import { environment, loadConfig } from '../dist/platform/config/index.js';
import { markRolledBack, migrate, openPostgres } from '../dist/platform/database/index.js';

const { values } = parseArgs({ options: { 'rolled-back': { type: 'string' } } });
// Only the database's settings matter here, so what production demands of the others is not asked for.
const config = loadConfig({ ...environment(), NODE_ENV: 'development' });

try {
  const postgres = await openPostgres(config, { guest: true });
  try {
    if (values['rolled-back'] !== undefined) await markRolledBack(postgres.ownerUrl, values['rolled-back']);
    const applied = await migrate(postgres);
    console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
  } finally {
    await postgres.close();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
