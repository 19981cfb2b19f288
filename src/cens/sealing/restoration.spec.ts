import { indexOf } from '../../../test/support/published.js';
import { hexCens, randomCens } from '../../../test/support/packed-report.js';
import { readPublication, sealNextSlot } from '../../../test/support/publication.js';
import { NOON, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Database } from '../../platform/database/index.js';
import { Cens } from '../index.js';

const HOUR = 3600;
const SLOT = NOON - 600;

let server: TestServer;
let cens: Cens;

beforeEach(async () => {
  server = await startTestServer();
  cens = server.app.get(Cens);
  await server.seal();
});

afterEach(() => server.close());

async function send(number?: string): Promise<string[]> {
  const packed = randomCens(2);
  const report = { number: number ?? (await server.mint(1))[0]!, groups: [{ cell: 0n, cens: packed }] };
  expect((await server.report(report)).status).toBe(202);
  return hexCens(packed).sort();
}

/** Publishes a report in {@link SLOT}; then all is as in a backup that was made just before. */
async function restoreToBeforeSealing(): Promise<string[]> {
  const published = await send();
  const pending = await server.rows<{ id: string; key_id: string; sealed: Buffer }>('SELECT * FROM pending_report');
  expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', slot: SLOT, batches: 1 });
  for (const table of ['batch', 'batch_piece']) await server.rows(`DELETE FROM ${table}`);
  await server.rows('DELETE FROM sealed_slot WHERE start = $1', [SLOT]);
  for (const row of pending) {
    const values = [row.id, row.key_id, row.sealed];
    await server.rows('INSERT INTO pending_report (id, key_id, sealed) VALUES ($1, $2, $3)', values);
  }
  return published;
}

const nameOf = (start: number) => `/v1/regions/world/batches/${start}-0.compact`;
const status = async (start: number) => (await server.get(nameOf(start))).status;

describe('after a restore another batch was published under the name of one that phones had', () => {
  it('which is what a server does that knows nothing of the restore', async () => {
    await restoreToBeforeSealing();
    expect(await server.seal()).toMatchObject({ kind: 'sealed', slot: SLOT, batches: 1 });
  });

  it('not once an operator has said that there was one: what is kept goes into the first slot after it', async () => {
    const published = await restoreToBeforeSealing();
    expect(await cens.beginAfterRestore({ dropReports: false, dropNumbers: false })).toBe(SLOT + HOUR);
    expect(await server.seal()).toEqual({ kind: 'not-due' });
    const later = await send();
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', slot: SLOT + HOUR, reports: 2 });
    expect((await readPublication(server)).flatMap((batch) => batch.cens).sort()).toEqual(
      [...published, ...later].sort(),
    );
    expect([await status(SLOT), await status(SLOT + HOUR)]).toEqual([404, 200]);
  });

  it('nor where the database itself shows that it is another one: after a dump was read, or a failover', async () => {
    await restoreToBeforeSealing();
    await server.rows("UPDATE clock_guard SET database = 'the one before'");
    expect(await server.seal()).toEqual({ kind: 'passed-over', slot: SLOT });
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', slot: SLOT + HOUR, reports: 1 });
    expect([await status(SLOT), await status(SLOT + HOUR)]).toEqual([404, 200]);
  });

  it('and no day that may have had a bundle gets another: its batches are listed one by one', async () => {
    await send();
    await sealNextSlot(server);
    await server.moveClock(2 * 24 * HOUR);
    await cens.beginAfterRestore({ dropReports: false, dropNumbers: false });
    await sealNextSlot(server);
    await server.moveClock(24 * HOUR);
    await server.seal();
    const { days, batches } = indexOf(await server.get('/v1/regions/world'));
    expect([days, batches.map(({ start }) => start)]).toEqual([[], [SLOT]]);
  });
});

describe('what a backup brings back to life', () => {
  it('goes where the operator says so: pending reports, numbers, and the orders that would give these again', async () => {
    const [number] = await server.mint(1);
    await send();
    await cens.beginAfterRestore({ dropReports: true, dropNumbers: true });
    expect((await server.report({ number: number!, groups: [{ cell: 0n, cens: randomCens(1) }] })).status).toBe(403);
    expect(await sealNextSlot(server)).toMatchObject({ reports: 0 });
    expect(await server.rows('SELECT FROM permission_order')).toEqual([]);
    const again = await server.mint(1);
    await send(again[0]);
  });

  it('stays otherwise', async () => {
    const [number] = await server.mint(1);
    await send();
    await cens.beginAfterRestore({ dropReports: false, dropNumbers: false });
    await send(number);
    expect(await sealNextSlot(server)).toMatchObject({ reports: 2 });
  });
});

it('nothing is done while a server is sealing', async () => {
  const other = await server.app.get(Database).connect();
  try {
    await other.query('SELECT pg_advisory_lock($1)', [0x7365616c]);
    expect(await cens.beginAfterRestore({ dropReports: true, dropNumbers: true })).toBe(undefined);
    const [{ count }] = (await server.rows<{ count: number }>('SELECT count(*)::int AS count FROM sealed_slot')) as [
      { count: number },
    ];
    expect(count).toBe(1);
  } finally {
    await other.end();
  }
});
