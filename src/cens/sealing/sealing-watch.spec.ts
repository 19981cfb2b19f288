import { randomCens } from '../../../test/support/packed-report.js';
import { sealNextSlot } from '../../../test/support/publication.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Alerts } from '../../platform/health/index.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { pauseAfter } from './sealing-schedule.js';
import { SealingWatch } from './sealing-watch.js';

const DAY = 86_400;

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await server.seal();
});

afterEach(() => server.close());

async function send(): Promise<void> {
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell: 0n, cens: randomCens(1) }] })).status).toBe(202);
}

async function raised(of = server): Promise<string[]> {
  await of.app.get(SealingWatch).look();
  return of.app
    .get(Alerts)
    .list()
    .map(({ code }) => code);
}

describe('nothing was sealed though a slot had ended, and nobody was told', () => {
  it('in any replica, ten minutes after the end of the slot, until somebody seals', async () => {
    const reader = await startTestServer({ replicaOf: server, settings: { ROLES: 'public' } });
    try {
      await server.moveClock(3600 - 60);
      expect(await raised(reader)).toEqual([]);
      await server.moveClock(601);
      await reader.moveClock(0);
      expect(await raised(reader)).toEqual(['sealing-overdue']);
      expect((await reader.get('/health/ready')).body.toString()).toContain('sealing-overdue');
      await server.seal();
      // The reader hears of it by a notification.
      for (let look = 0; look < 200 && (await raised(reader)).length > 0; look++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      expect(await raised(reader)).toEqual([]);
    } finally {
      await reader.close();
    }
  });
});

describe('a table for a coming day that could not be attached failed the sealing of today', () => {
  let blocker: Connection;

  beforeEach(async () => {
    blocker = await server.app.get(Database).connect();
    // As VACUUM of the table does: batches can be written, partitions not be attached.
    await blocker.query('BEGIN; LOCK TABLE batch IN SHARE UPDATE EXCLUSIVE MODE');
  });

  afterEach(() => blocker.end());

  it('does not, and an operator is told before the day has come', async () => {
    await server.moveClock(DAY);
    await send();
    expect(await server.seal()).toMatchObject({ kind: 'sealed', batches: 1 });
    expect(await raised()).toEqual([]);
    await server.moveClock(DAY);
    await send();
    expect(await server.seal()).toMatchObject({ kind: 'sealed', batches: 1 });
    expect(await raised()).toEqual(['partitions-not-ahead']);

    await blocker.query('COMMIT');
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed' });
    expect(await raised()).toEqual([]);
  });

  it('fails the sealing that has batches for that very day, and says why', async () => {
    await server.moveClock(5 * DAY);
    await send();
    await expect(server.seal()).rejects.toMatchObject({ code: '55P03' });
    await blocker.query('COMMIT');
    expect(await server.seal()).toMatchObject({ kind: 'sealed', batches: 1 });
  });

  it('lets a sealing pass that has nothing to publish', async () => {
    await server.moveClock(5 * DAY);
    expect(await server.seal()).toMatchObject({ kind: 'sealed', batches: 0 });
  });
});

test('a slot that is not due although its time has come was asked for twenty times a second, on a new connection each time', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 100].map((times) => pauseAfter('not-due', times));
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
  expect(pauseAfter('sealed', 9)).toBe(0);
});
