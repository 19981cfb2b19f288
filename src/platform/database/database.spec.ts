import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database } from './database.js';
import { PrismaService } from './prisma.service.js';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const insert = `INSERT INTO authority (id, name) VALUES (gen_random_uuid(), $1)`;

async function names(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM authority');
  return rows.map(({ name }) => name);
}

test('a request that waited for a lock, or a process frozen in a transaction, held up others for ever', async () => {
  const { rows } = await database.pool.query(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
            current_setting('idle_in_transaction_session_timeout') AS idle`,
  );
  expect(rows).toEqual([{ statement: '1min', lock: '10s', idle: '1min' }]);
  await database.pool.query(insert, ['locked']);
  await database.transaction(async (holder) => {
    await holder.query("UPDATE authority SET name = name WHERE name = 'locked'");
    const waiting = database.transaction(async (client) => {
      // What happens after ten seconds must not take the test ten seconds.
      await client.query("SET LOCAL lock_timeout = '50ms'");
      await client.query("UPDATE authority SET name = name WHERE name = 'locked'");
    });
    await expect(waiting).rejects.toMatchObject({ code: '55P03' });
  });
});

describe('a transaction', () => {
  it('is committed when its work returns, with what the work returned', async () => {
    const result = await database.transaction(async (client) => {
      await client.query(insert, ['kept']);
      return 7;
    });
    expect(result).toBe(7);
    expect(await names()).toContain('kept');
  });

  it('is rolled back when its work throws, and throws the same error', async () => {
    const thrown = new Error('no');
    const work = database.transaction(async (client) => {
      await client.query(insert, ['dropped']);
      throw thrown;
    });
    await expect(work).rejects.toBe(thrown);
    expect(await names()).not.toContain('dropped');
  });

  it('does not pass for committed when its work has swallowed the error of a statement', async () => {
    const work = database.transaction(async (client) => {
      await client.query(insert, ['swallowed']);
      await client.query('SELECT 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await names()).not.toContain('swallowed');
  });

  it('is READ COMMITTED also where the database has another default: redeeming relies on it', async () => {
    const url = new URL(testDatabase.url);
    url.searchParams.set('options', '-c default_transaction_isolation=serializable');
    const strict = new Database(url.href, 1);
    const level = await strict.transaction((client) =>
      client.query<{ level: string }>(`SELECT current_setting('transaction_isolation') AS level`),
    );
    await strict.close();
    expect(level.rows).toEqual([{ level: 'read committed' }]);
  });

  it('fails, and leaves a pool that works, when its connection is cut in the middle', async () => {
    const work = database.transaction(async (client) => {
      await client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await client.query(insert, ['cut']);
    });
    await expect(work).rejects.toThrow();
    expect(await names()).not.toContain('cut');
    expect(database.pool.totalCount).toBe(database.pool.idleCount);
  });
});

describe('the clock', () => {
  it('is the offset ahead of the database, and says so to who listens', async () => {
    const listener = await database.connect();
    const heard = new Promise((resolve) => listener.once('notification', ({ payload }) => resolve(payload)));
    await listener.query('LISTEN cen_clock');
    await database.pool.query('UPDATE domain_clock SET offset_seconds = 3600');
    const { rows } = await database.pool.query<{ ahead: number }>(
      'SELECT extract(epoch FROM cen_now() - clock_timestamp())::float8 AS ahead',
    );
    expect(rows[0]?.ahead).toBeCloseTo(3600, 1);
    expect(await heard).toBe('3600');
    await listener.end();
  });
});

describe('PrismaService', () => {
  it('sees through the same pool what node-postgres has written', async () => {
    const prisma = new PrismaService(database);
    await database.pool.query(insert, ['both']);
    expect(await prisma.client.authority.findUnique({ where: { name: 'both' } })).toMatchObject({ name: 'both' });
  });
});
