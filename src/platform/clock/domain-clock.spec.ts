import { Logger } from '@nestjs/common';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database, moveClock } from '../database/index.js';
import { Listener } from '../notifications/index.js';
import { DomainClock } from './index.js';

// What it warns of is made here on purpose.
Logger.overrideLogger(false);

let testDatabase: TestDatabase;
let database: Database;
let listener: Listener;
let clock: DomainClock;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url, 3);
  listener = new Listener(database);
  clock = new DomainClock(database, listener);
});

afterEach(async () => {
  clock.onApplicationShutdown();
  await listener.onApplicationShutdown();
  await database.close();
  await testDatabase.drop();
});

async function databaseTime(): Promise<number> {
  const { rows } = await database.pool.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
  return rows[0]!.now;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the domain clock', () => {
  it('is between what the database says before and after', async () => {
    await clock.start();
    for (let look = 0; look < 5; look++) {
      const before = await databaseTime();
      await clock.refresh();
      const now = clock.now();
      const after = await databaseTime();
      expect(now).toBeGreaterThan(before - 0.2);
      expect(now).toBeLessThan(after + 0.2);
    }
  });

  it('follows a clock that is moved, forward and back, without being asked', async () => {
    await clock.start();
    for (const seconds of [86_400, -50_000]) {
      const before = clock.now();
      await moveClock(database, seconds);
      await until(() => Math.abs(clock.now() - before - seconds) < 5);
    }
  });

  it('still follows after its listening connection was cut', async () => {
    await clock.start();
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    const before = clock.now();
    await moveClock(database, 3600);
    await until(() => clock.now() - before > 3500);
  });
});

describe('the listener', () => {
  it('runs the handler of the channel that was notified, and again after a reconnection, for what it missed', async () => {
    const heard = { cen_clock: 0, cen_sealed: 0 };
    await listener.on('cen_clock', () => void heard.cen_clock++);
    await listener.on('cen_sealed', () => void heard.cen_sealed++);
    await database.pool.query('NOTIFY cen_sealed');
    await until(() => heard.cen_sealed === 1);
    expect(heard.cen_clock).toBe(0);

    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    await until(() => heard.cen_sealed === 2 && heard.cen_clock === 1);
    await database.pool.query('NOTIFY cen_clock');
    await until(() => heard.cen_clock === 2);
  });

  it('survives a handler that fails', async () => {
    let runs = 0;
    await listener.on('cen_sealed', () => {
      runs++;
      throw new Error('no');
    });
    await database.pool.query('NOTIFY cen_sealed');
    await until(() => runs === 1);
    await database.pool.query('NOTIFY cen_sealed');
    await until(() => runs === 2);
  });
});
