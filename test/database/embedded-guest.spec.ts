import pg from 'pg';
import { answers, opened, postmasterPid, runs, stop, until, urlsOf, useDataFolders } from './data-folders.js';

const { existing, hold } = useDataFolders();

describe('a guest of the embedded database', () => {
  it('shares a running server, and leaves it running', async () => {
    const dataDir = existing();
    const server = hold(dataDir);
    const { url } = await urlsOf(server);
    const guest = hold(dataDir, '--guest');
    expect((await urlsOf(guest)).url).toBe(url);
    await stop(guest);
    expect(await answers(url)).toBe(true);
    await stop(server);
  });

  it('starts one where none runs, and stops it', async () => {
    const dataDir = existing();
    const guest = await opened(hold(dataDir, '--guest'));
    const pid = postmasterPid(dataDir)!;
    await stop(guest);
    expect(runs(pid)).toBe(false);
  });

  it('leaves it to the last of several guests to stop it', async () => {
    const dataDir = existing();
    const guests = await Promise.all([1, 2, 3].map(() => opened(hold(dataDir, '--guest'))));
    const pid = postmasterPid(dataDir)!;
    await stop(guests.pop()!);
    expect(runs(pid)).toBe(true);
    await Promise.all(guests.map(stop));
    expect(runs(pid)).toBe(false);
  });

  it('leaves it to a server that has started in the meantime', async () => {
    const dataDir = existing();
    const guest = await opened(hold(dataDir, '--guest'));
    const server = hold(dataDir);
    const { url } = await urlsOf(server);
    await stop(guest);
    expect(await answers(url)).toBe(true);
    await stop(server);
  });

  it('is waited for by a server that starts while it stops the database, which then starts anew', async () => {
    const dataDir = existing();
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
