import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { PartitionsRepository } from '../retention/partitions.repository.js';
import { SealingRepository } from './sealing.repository.js';

interface Lock {
  tryLock(connection: Connection): Promise<boolean>;
}

const TIMEOUTS = ['idle_session_timeout', 'idle_in_transaction_session_timeout'];
const PATIENCE_MS = 10_000;

async function lockedInTime(lock: Lock, connection: Connection): Promise<boolean> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) {
    if (await lock.tryLock(connection)) return true;
  }
  return false;
}

describe.each([
  ['sealing', (database: Database): Lock => new SealingRepository(database)],
  ['retention run', (): Lock => new PartitionsRepository()],
])('a replica that freezes in the middle of its %s', (_, lockIn) => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Database(testDatabase.url, 2);
  });

  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  it.each(['BEGIN ISOLATION LEVEL REPEATABLE READ', 'SELECT 1'])(
    'loses the lock to the others after five minutes of silence that follow %s',
    async (lastWords) => {
      const lock = lockIn(database);
      const [frozen, other] = await Promise.all([database.connect(), database.connect()]);
      try {
        expect(await lock.tryLock(frozen)).toBe(true);
        expect(await lock.tryLock(other)).toBe(false);
        for (const name of TIMEOUTS) {
          const { rows } = await frozen.query<Record<string, string>>(`SHOW ${name}`);
          expect(rows[0][name]).toBe('5min');
        }
        // What happens after five minutes must not take the test five minutes.
        await frozen.query(`${TIMEOUTS.map((name) => `SET ${name} = '50ms';`).join(' ')} ${lastWords}`);
        expect(await lockedInTime(lock, other)).toBe(true);
      } finally {
        await Promise.all([frozen.end(), other.end()]);
      }
    },
  );
});
