import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database } from '../../platform/database/index.js';
import { AttemptCounterRepository } from './attempt-counter.repository.js';
import { AttemptLedger } from './attempt-ledger.js';
import { LONGEST_TOTAL_DEBT_SECONDS } from './attempt-rule.js';

const DAY = '0011223344556677';

let testDatabase: TestDatabase;
let database: Database;
let counters: AttemptCounterRepository;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url, 12);
  counters = new AttemptCounterRepository(database);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const news = (since = 0) => counters.newsSince(DAY, since);

test('replicas that add at once, in any order, all count, and none waits for another for ever', async () => {
  const all = Array.from({ length: 60 }, (_, counter) => ({ counter, seconds: 60 }));
  await Promise.all(
    Array.from({ length: 24 }, (_, replica) => counters.add(DAY, replica % 2 === 0 ? all : [...all].reverse())),
  );
  const { debts, readAt } = await news();
  expect(debts).toHaveLength(60);
  for (const { clearAt } of debts) {
    expect(clearAt - readAt).toBeLessThanOrEqual(24 * 60);
    expect(clearAt - readAt).toBeGreaterThan(24 * 60 - 30);
  }
});

test('debt is added as the ledgers in memory add it, also to a debt that is long paid', async () => {
  const ledger = new AttemptLedger(10);
  for (const seconds of [60, 900, 7]) {
    const { readAt } = await news();
    ledger.count(3, readAt, seconds);
    const [{ clearAt }] = await counters.add(DAY, [{ counter: 3, seconds }]);
    expect(Math.abs(clearAt - ledger.clearAt(3))).toBeLessThan(20);
    await database.pool.query('UPDATE domain_clock SET offset_seconds = offset_seconds + 500');
  }
});

test('the debt of all together grows to its bound and no further', async () => {
  await counters.addToTotal(50);
  const some = await news();
  expect(some.totalClearAt - some.readAt).toBeLessThanOrEqual(50);
  await Promise.all(Array.from({ length: 10 }, () => counters.addToTotal(5000)));
  const { totalClearAt, readAt } = await news();
  expect(totalClearAt - readAt).toBeLessThanOrEqual(LONGEST_TOTAL_DEBT_SECONDS);
  expect(totalClearAt - readAt).toBeGreaterThan(LONGEST_TOTAL_DEBT_SECONDS - 30);
});

test('news are what was counted since, of this key', async () => {
  await counters.add(DAY, [{ counter: 1, seconds: 60 }]);
  await counters.addToTotal(1);
  await database.pool.query('UPDATE domain_clock SET offset_seconds = offset_seconds + 100');
  const { readAt } = await news();
  expect((await news(readAt - 10)).debts).toEqual([]);
  await counters.add(DAY, [{ counter: 2, seconds: 60 }]);
  await counters.add('another', [{ counter: 5, seconds: 60 }]);
  await counters.addToTotal(1);
  expect((await news(readAt - 10)).debts.map(({ counter }) => counter)).toEqual([2]);
});

test('the counters of keys that are gone go too', async () => {
  await counters.add(DAY, [{ counter: 1, seconds: 60 }]);
  await counters.add('yesterday', [{ counter: 1, seconds: 60 }]);
  await counters.keepOnly([DAY]);
  const { rows } = await database.pool.query('SELECT day_key_id FROM attempt_counter');
  expect(rows).toEqual([{ day_key_id: DAY }]);
});

test('there are no more than 65,536 counters', async () => {
  await expect(counters.add(DAY, [{ counter: 65_536, seconds: 60 }])).rejects.toThrow(/check/);
});
