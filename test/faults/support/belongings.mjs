// What a program has to give back, however it ends: temporary folders, processes, and the PostgreSQL servers that outlive them.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set();
const groups = new Set();
const SECOND_MS = 1000;

process.on('exit', giveBack);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    console.error(`\n${signal}: stopped; nothing is left behind.`);
    process.exit(code);
  });
}

let end;

/** Ends the process with an error when it has not ended by itself in time. Each program of a row sets the time anew. */
export function endWithin(seconds) {
  clearTimeout(end);
  end = setTimeout(() => {
    console.error(`Not finished after ${seconds} s.`);
    process.exit(1);
  }, seconds * SECOND_MS);
  end.unref();
}

/** A folder of the program's own that a PostgreSQL under another user can enter; it and a server in it are gone at the end. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `cen-${name}-`));
  chmodSync(folder, 0o711);
  folders.add(folder);
  return folder;
}

/** A process that leads a group of its own: the whole group is killed at the end. */
export function belongs(child) {
  groups.add(child.pid);
  child.once('exit', () => groups.delete(child.pid));
  return child;
}

/** The process id of the PostgreSQL server in a DATA_DIR, undefined when there is none. */
export function postmasterPid(dataDir) {
  const file = join(dataDir, 'postgres', 'data', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : undefined;
}

export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A TCP port that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function giveBack() {
  for (const pid of groups) signal(-pid, 'SIGKILL');
  for (const folder of folders) {
    const pids = [folder, join(folder, 'data')].map(postmasterPid).filter((pid) => pid !== undefined);
    // SIGQUIT: PostgreSQL's immediate shutdown, which takes its children along.
    for (const pid of pids) signal(pid, 'SIGQUIT');
    for (let waited = 0; pids.some(isAlive) && waited < 100; waited++) pauseThread(50);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone by itself.
  }
}

/** An exit handler cannot await. */
function pauseThread(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
