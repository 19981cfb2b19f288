import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  answers,
  pidFile,
  postmasterPid,
  read,
  runs,
  stop,
  until,
  urlsOf,
  useDataFolders,
  write,
} from './data-folders.js';

const { existing, hold } = useDataFolders();

describe('an embedded database whose owner or server was killed', () => {
  it('is taken over, running and whole, after its owner was killed', async () => {
    const dataDir = existing();
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
    const dataDir = existing();
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
    const dataDir = existing();
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
    const dataDir = existing();
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
    const dataDir = existing('x'.repeat(90));
    const holder = hold(dataDir);
    const { url } = await urlsOf(holder);
    expect(url).toMatch(/@127\.0\.0\.1:\d+\/cen$/);
    const killed = postmasterPid(dataDir)!;
    process.kill(killed, 'SIGKILL');
    await until(async () => postmasterPid(dataDir) !== killed && (await answers(url)));
    await stop(holder);
  });
});
