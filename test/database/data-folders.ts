import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type RunningProcess, runNode } from '../support/child-process.js';

export interface Urls {
  readonly url: string;
  readonly ownerUrl: string;
}

/** Data folders with embedded databases, and the processes that hold them; all gone after each test. */
export interface DataFolders {
  /** One that does not exist yet. */
  fresh(name?: string): string;
  /** One with a database that is not running: a copy, because making one takes a second. */
  existing(name?: string): string;
  /** Starts a process that opens the database, as the server does or, with `--guest`, as the command line does. */
  hold(dataDir: string, ...options: string[]): RunningProcess;
}

/** Registers the hooks that make and remove them. */
export function useDataFolders(holder = join(__dirname, 'holder.mjs')): DataFolders {
  const parents: string[] = [];
  const processes: RunningProcess[] = [];
  let model: string;

  const fresh = (name = 'data'): string => {
    const parent = mkdtempSync(join(tmpdir(), 'cen-embedded-'));
    parents.push(parent);
    return join(parent, name);
  };
  const existing = (name?: string): string => {
    const dataDir = fresh(name);
    execFileSync('cp', ['-a', model, dataDir]);
    return dataDir;
  };
  const hold = (dataDir: string, ...options: string[]): RunningProcess => {
    const started = runNode([holder, dataDir, ...options]);
    processes.push(started);
    return started;
  };

  beforeAll(async () => {
    model = fresh();
    parents.pop();
    await stop(await opened(hold(model)));
  });
  afterEach(async () => {
    for (const running of processes.splice(0)) {
      running.kill('SIGKILL');
      await running.ended;
    }
    for (const parent of parents.splice(0)) await remove(parent);
  });
  afterAll(() => remove(dirname(model)));
  return { fresh, existing, hold };
}

/** Waits until the process has opened the database. */
export async function opened(holder: RunningProcess): Promise<RunningProcess> {
  await holder.firstLine;
  return holder;
}

export const urlsOf = async (holder: RunningProcess): Promise<Urls> => JSON.parse(await holder.firstLine) as Urls;

/** Ends the process as an operator does, and expects that it has nothing to complain of. */
export async function stop(holder: RunningProcess): Promise<void> {
  holder.kill('SIGTERM');
  expect(await holder.ended).toMatchObject({ code: 0, stderr: '' });
}

export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export const write = (ownerUrl: string): Promise<unknown[]> =>
  query(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');

/** What {@link write} has written. */
export const read = async (ownerUrl: string): Promise<number | undefined> =>
  (await query<{ answer: number }>(ownerUrl, 'SELECT answer FROM kept'))[0]?.answer;

export const answers = (url: string): Promise<boolean> =>
  query(url, 'SELECT 1').then(
    () => true,
    () => false,
  );

export const pidFile = (dataDir: string): string => join(dataDir, 'postgres/data/postmaster.pid');

export function postmasterPid(dataDir: string): number | undefined {
  const pid = Number.parseInt(textOf(pidFile(dataDir)), 10);
  return pid > 0 ? pid : undefined;
}

/** A zombie has ended: in a container without an init process nobody collects it. */
export function runs(pid: number): boolean {
  if (existsSync('/proc/self/stat')) return /\) [^ZX] /.test(textOf(`/proc/${pid}/stat`));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited for nothing');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The text of a file that may go at any moment; empty when it has. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function remove(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const pid = postmasterPid(join(parent, name));
    if (pid === undefined || !runs(pid)) continue;
    process.kill(pid, 'SIGQUIT');
    await until(() => !runs(pid));
  }
  rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
}
