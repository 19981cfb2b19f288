// One PostgreSQL for the whole run, in a temporary folder, with a template database that has every migration. It is stopped and
// removed by a watchdog that notices when Jest has ended, however it ended.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { buildIfStale } from '../../scripts/build-steps.mjs';

const TEMPLATE = 'cen_template';
// A crash of the machine may lose the tests' data. Whoever drops a database, as each test does, goes through all buffers.
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
};

/** More than all databases of a run take together, and more than the tests take beside them. */
const ROOM_BYTES = 2 * 1024 ** 3;
const MEMORY_BYTES = 6 * 1024 ** 3;

/** In memory, where there is room: each database is a thousand files, and to find them a place on a disk took a tenth of the run. */
function quickFolder() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    const memory = Math.min(freemem(), process.constrainedMemory() || Infinity);
    if (bavail * bsize >= ROOM_BYTES && memory >= MEMORY_BYTES) return '/dev/shm';
  } catch {
    // Not on Linux.
  }
  return tmpdir();
}

export default async function setup() {
  await buildIfStale();
  const { ownPostgres } = await import('../../dist/platform/database/embedded/index.js');
  const { migrate } = await import('../../dist/platform/database/schema/index.js');
  const folder = mkdtempSync(join(quickFolder(), 'cen-test-'));
  // So that root's server, which runs as nobody, can enter it without a capability.
  chmodSync(folder, 0o711);
  const watchdog = spawn(process.execPath, [fileURLToPath(new URL('watchdog.mjs', import.meta.url)), folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  watchdog.stdin.on('error', () => undefined);

  const server = await ownPostgres(folder, FAST);
  globalThis.testServer = { server, watchdog };
  const template = { url: withDatabase(server.url, TEMPLATE), ownerUrl: withDatabase(server.ownerUrl, TEMPLATE) };
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  await owner.query(`CREATE DATABASE ${TEMPLATE}`);
  await owner.end();
  await migrate(template);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  process.env.TEST_ISSUER_KEY = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url');
  process.env.TEST_DATABASE = JSON.stringify({ url: server.url, ownerUrl: server.ownerUrl, template: TEMPLATE });
}

function withDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
