// The real server on an embedded PostgreSQL in a temporary folder, and the health authority at its command line.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../dist/app.js';
import { formatNumber, Minting, systemMinter } from '../../dist/permissions/index.js';
import { loadConfig } from '../../dist/platform/config/index.js';
import { KeyRing } from '../../dist/platform/keys/index.js';
import { Authorities, DEFAULT_AUTHORITY } from '../../dist/staff/index.js';

export const SLOT_SECONDS = 5;

/** A system of three reports: slots of seconds, and fewer decoys than would hide three people in earnest. */
const SETTINGS = {
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'error',
  SLOT_SECONDS: String(SLOT_SECONDS),
  MIN_REPORTS: '3',
  MIN_BATCH_CENS: '28000',
  RESPONSE_FLOOR_MS: '300',
};

/**
 * Starts it on a free port. `mint` gives permission numbers as `npm run cen -- mint` does, `rootKey` is what apps ship with, `close` ends
 * everything and leaves no file.
 */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'cen-demo-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  try {
    const { app, close } = await createServer(loadConfig({ ...SETTINGS, DATA_DIR: join(folder, 'data') }));
    const stop = async () => {
      await close();
      removeFolder();
    };
    try {
      await app.listen(0, '127.0.0.1');
      return {
        url: await app.getUrl(),
        rootKey: app.get(KeyRing).rootPublicKey(),
        mint: (count) => mint(app, count),
        close: stop,
      };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    removeFolder();
    throw error;
  }
}

async function mint(app, count) {
  const authority = await app.get(Authorities).find(DEFAULT_AUTHORITY);
  const { numbers } = await app.get(Minting).mint(systemMinter(authority), { requestId: randomUUID(), count });
  return numbers.map(formatNumber);
}
