// The application in this process, on a database of its own: to fill it, and to measure without HTTP in between.
import { join } from 'node:path';
import { temporaryFolder } from '../../test/faults/support/belongings.mjs';
import { createServer } from '../../dist/app.js';
import { loadConfig } from '../../dist/platform/config/index.js';
import { Database, moveClock } from '../../dist/platform/database/index.js';
import { KeyRing } from '../../dist/platform/keys/index.js';

/** Without the role `worker`: nothing is sealed or dropped but what a benchmark asks for. */
const SETTINGS = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ROLES: 'public', RESPONSE_FLOOR_MS: '0' };

const HALF_A_DAY = 43_200;

/**
 * @returns Nest's `app` with its `database` and `keys`, `folder` to start another server on once this one is closed, and
 *   `close`
 */
export async function openApplication(settings = {}) {
  const folder = temporaryFolder('bench');
  const config = loadConfig({ ...SETTINGS, DATA_DIR: join(folder, 'data'), ...settings });
  const { app, close } = await createServer(config);
  return { app, database: app.get(Database), keys: app.get(KeyRing), config, folder, close };
}

/** Moves the application's clock to the next noon, so that hours can pass before a day ends. */
export async function waitForNoon(database) {
  const now = await moveClock(database, 0);
  const sinceNoon = (now + HALF_A_DAY) % (2 * HALF_A_DAY);
  return moveClock(database, Math.ceil(2 * HALF_A_DAY - sinceNoon));
}
