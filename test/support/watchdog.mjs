// Lives as long as the pipe from Jest. When that closes, because Jest has finished, was interrupted or was killed, it stops the tests'
// PostgreSQL and removes its folder.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PATIENCE_MS = 10_000;
const folder = process.argv[2];
const pidFile = join(folder, 'postgres/data/postmaster.pid');

process
  .on('SIGINT', () => undefined)
  .on('SIGTERM', () => undefined)
  .on('SIGHUP', () => undefined);
process.stdin.resume().on('close', () => void cleanUp());

async function cleanUp() {
  const deadline = Date.now() + PATIENCE_MS;
  while (existsSync(pidFile) && Date.now() < deadline) {
    // Immediate: nothing in it is wanted any more.
    stop(Number.parseInt(readFileSync(pidFile, 'utf8'), 10));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function stop(pid) {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    rmSync(pidFile, { force: true });
  }
}
