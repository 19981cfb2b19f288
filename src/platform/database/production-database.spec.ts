import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database } from './database.js';
import { ClockStands, moveClock } from './move-clock.js';
import { claimForProduction, durabilityFaults } from './production-database.js';

let testDatabase: TestDatabase;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.drop());

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase.ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The tests' own server has all three switched off. */
async function refusal(): Promise<string> {
  return claimForProduction(testDatabase.url).then(
    () => '',
    (error: Error) => error.message,
  );
}

test('production started on a database that forgets what it has confirmed', async () => {
  const name = new URL(testDatabase.url).pathname.slice(1);
  const faults = await durabilityFaults(testDatabase.url);
  expect(faults.map((fault) => fault.split(' ', 1)[0])).toEqual(['synchronous_commit', 'fsync', 'full_page_writes']);
  for (const fault of faults) expect(await refusal()).toContain(fault);
  await asOwner(`ALTER DATABASE ${name} SET synchronous_commit = remote_write`);
  expect(await durabilityFaults(testDatabase.url)).toEqual(faults.slice(1));
});

test('production started on a database whose clock a test had moved', async () => {
  const database = new Database(testDatabase.url, 1);
  try {
    await moveClock(database, 90);
    expect(await refusal()).toMatch(/domain time is 90 s away .*UPDATE domain_clock SET offset_seconds = 0/);
    expect(await moveClock(database, 10)).toBeGreaterThan(Date.now() / 1000 + 60);
  } finally {
    await database.close();
  }
});

test('the clock of a production database could be moved by whoever left NODE_ENV away', async () => {
  const database = new Database(testDatabase.url, 1);
  try {
    await refusal();
    await expect(moveClock(database, 1)).rejects.toThrow(ClockStands);
    await expect(database.pool.query('UPDATE domain_clock SET offset_seconds = 1')).rejects.toMatchObject({
      constraint: 'domain_clock_stands_in_production',
    });
  } finally {
    await database.close();
  }
});
