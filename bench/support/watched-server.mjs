// A server that tells of itself what nobody else can measure: see watched.preload.mjs.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '../../test/faults/support/server.mjs';

const PRELOAD = new URL('watched.preload.mjs', import.meta.url);

/** @returns the `server`, and `watch`, which gives what was measured since it was called last */
export async function startWatchedServer(folder, settings) {
  const file = join(folder, 'watch.json');
  const server = await Server.in(folder, {
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'error',
    WATCH_FILE: file,
    NODE_OPTIONS: `--import ${PRELOAD.href}`,
    ...settings,
  });
  await server.start();
  const watch = async () => {
    rmSync(file, { force: true });
    process.kill(server.pid, 'SIGUSR2');
    while (!existsSync(file) || readFileSync(file).length === 0) await sleep(10);
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  return { server, watch };
}
