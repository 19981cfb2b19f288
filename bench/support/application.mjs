// The application in this process, on a database of its own: to fill it, and to measure without HTTP in between.
import { join } from 'node:path';
import { temporaryFolder } from '../../test/faults/support/belongings.mjs';
import { createServer } from '../../dist/app.js';
import { loadConfig } from '../../dist/platform/config/index.js';

/** Without the role `worker`: nothing is sealed or dropped but what a benchmark asks for. */
const SETTINGS = { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', ROLES: 'public', RESPONSE_FLOOR_MS: '0' };

/** @returns `app` (Nest's), `folder` to start another server on once this one is closed, and `close` */
export async function openApplication(settings = {}) {
  const folder = temporaryFolder('bench');
  const config = loadConfig({ ...SETTINGS, DATA_DIR: join(folder, 'data'), ...settings });
  const { app, close } = await createServer(config);
  return { app, config, folder, close };
}
