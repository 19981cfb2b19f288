import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { spawnAs } from './identity.js';
import { ownLines } from './own-lines.js';
import { commandLine, isAlive, sleep } from './process.js';
import { sharedBuffers } from './shared-buffers.js';

/** Where a running server listens: the folder of its socket, or a port of 127.0.0.1. */
export type Address = { readonly socketFolder: string } | { readonly port: number };

/** A start that has not ended yet or has failed. */
export interface Launch {
  /** Set when the server has ended again; what it said until then. */
  failure: string | undefined;
}

// sun_path holds 104 bytes on macOS and 108 on Linux.
const LONGEST_SOCKET_PATH = 99;
const SOCKET_NAME = '.s.PGSQL.5432';
const LOG_LIMIT_BYTES = 1024 * 1024;
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/** For a small machine of its own: durable, and silent about the data. Each can be read in PostgreSQL's manual under its name. */
const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: sharedBuffers(),
  max_wal_size: '512MB',
  // A sealing logs all that it stores: what has gone to disk meanwhile need not be waited for at its commit.
  wal_writer_delay: '10ms',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // LOG is above ERROR here: the server's own news, and never a statement's error, whose text may quote data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
};

/** The address of the server that was last started on this cluster, whether it still runs or not. */
export function lastAddress(cluster: Cluster): Address | undefined {
  const [, , , port, socketFolder, host] = pidFile(cluster);
  if (socketFolder) return { socketFolder };
  return host ? { port: Number(port) } : undefined;
}

/** The process id of this cluster's server while it runs, also while it starts or stops. */
export function postmasterPid(cluster: Cluster): number | undefined {
  return livePid(cluster, join(cluster.data, 'postmaster.pid'));
}

function pidFile(cluster: Cluster): string[] {
  return readLines(join(cluster.data, 'postmaster.pid'));
}

/** The lines of a file, none if there is none: it may go at any moment. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** What a file says from `offset` on, nothing if there is none: whoever ends a server may remove its folder at once. */
function textFrom(file: string, offset: number): string {
  try {
    return readFileSync(file).subarray(offset).toString();
  } catch {
    return '';
  }
}

/** The process that a lock file names, if it is this cluster's server. */
function livePid(cluster: Cluster, lockFile: string): number | undefined {
  const pid = namedProcess(lockFile);
  return pid !== undefined && serves(cluster, pid) ? pid : undefined;
}

/** True of this cluster's server; false of one that has ended and that nobody has collected yet, which has no command line. */
const serves = (cluster: Cluster, pid: number): boolean => isAlive(pid) && commandLine(pid).includes(cluster.data);

/** The process that has the number in a lock file, if there is one: after a power loss it may be any. */
function namedProcess(lockFile: string): number | undefined {
  const pid = Number(readLines(lockFile)[0] || undefined);
  return isAlive(pid) ? pid : undefined;
}

/**
 * Starts the server, in a session of its own, so that neither Ctrl-C nor the death of this process reaches it. PostgreSQL refuses by
 * itself to run twice on one data folder.
 * @param preferred the port to listen on again after a crash, where it is a port
 */
export async function launch(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  preferred?: Address,
): Promise<Launch> {
  removeStaleLocks(cluster);
  const listen = await listenSettings(cluster, preferred);
  const args = Object.entries({ ...SETTINGS, ...settings, ...listen }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const { file, offset } = openLog(cluster);
  const state: Launch = { failure: undefined };
  const child = spawnAs(cluster.identity, cluster.binaries.postgres, ['-D', cluster.data, ...args], {
    stdio: ['ignore', file, file],
    detached: true,
  });
  child.on('error', (error) => (state.failure = error.message));
  child.on('exit', () => (state.failure = ownLines(textFrom(cluster.log, offset), child.pid) || 'no reason given'));
  child.unref();
  closeSync(file);
  return state;
}

/**
 * PostgreSQL itself removes the lock files of a server that is dead, but refuses to start when their number has become another
 * process's. It still refuses while children of the dead server live, by the shared memory that they hold.
 */
function removeStaleLocks(cluster: Cluster): void {
  for (const file of [join(cluster.data, 'postmaster.pid'), join(cluster.folder, `${SOCKET_NAME}.lock`)]) {
    const stranger = namedProcess(file) !== undefined && livePid(cluster, file) === undefined;
    if (stranger) rmSync(file, { force: true });
  }
}

/** A socket needs no port and is closed to other users by its folder; where its path is too long for one, a free port. */
async function listenSettings(cluster: Cluster, preferred: Address | undefined): Promise<Record<string, string>> {
  const path = join(cluster.folder, SOCKET_NAME);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH && !path.includes('"')) {
    return {
      listen_addresses: '',
      port: '5432',
      unix_socket_directories: `"${cluster.folder}"`,
      unix_socket_permissions: '0700',
    };
  }
  const port = preferred !== undefined && 'port' in preferred ? preferred.port : await freePort();
  return { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The server's log starts anew when it has grown past its limit; the one before is kept. */
function openLog(cluster: Cluster): { file: number; offset: number } {
  const size = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(cluster.log, `${cluster.log}.1`);
  return { file: openSync(cluster.log, 'a', 0o600), offset: size > LOG_LIMIT_BYTES ? 0 : size };
}

/** Stops the server: connections are cut, open transactions rolled back, what is committed kept. Resolves when it has gone. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const pid = postmasterPid(cluster);
  if (pid === undefined) return;
  signal(pid, 'SIGINT');
  if (await hasGone(cluster, pid, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await hasGone(cluster, pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new EmbeddedPostgresError(`PostgreSQL (process ${pid}) does not stop; its log is ${cluster.log}.`);
}

/** Asks the server to stop without waiting for it: for the last moment of this process. */
export function askPostmasterToStop(cluster: Cluster): void {
  const pid = postmasterPid(cluster);
  if (pid !== undefined) signal(pid, 'SIGINT');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone by itself.
  }
}

async function hasGone(cluster: Cluster, pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (serves(cluster, pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
