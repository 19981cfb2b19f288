import { hexCens, randomCens } from '../../../test/support/packed-report.js';
import { readPublication, sealNextSlot } from '../../../test/support/publication.js';
import { sealingOf } from '../../../test/support/sealing-of.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { PendingReportRepository } from '../reports/pending-report.repository.js';
import type { Sealing } from './sealing.js';

let server: TestServer;

beforeEach(async () => {
  // Two of three reports fit into one sealing.
  server = await startTestServer({ settings: { SEAL_MAX_CENS: '1000', MAX_REPORT_CENS: '450' } });
  await server.seal();
});

afterEach(() => server.close());

async function send(): Promise<string[]> {
  const [number] = await server.mint(1);
  const cens = randomCens(400);
  const answer = await server.report({ number, groups: [{ cell: 0n, cens }] });
  expect(answer.status).toBe(202);
  return hexCens(cens);
}

/** Resolves when some sealing has its snapshot and waits for the lock on `sealed_slot` that `locker` holds. */
async function untilItWaits(locker: Connection): Promise<void> {
  for (;;) {
    const { rows } = await locker.query(
      `SELECT FROM pg_locks WHERE relation = 'sealed_slot'::regclass AND NOT granted`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Three reports are accepted, one more than a sealing takes, and a fourth while that sealing stands between its snapshot
 * and its DELETE: it waits to write its slot, with the table locked against it. Then two slots more.
 * @returns how often each of the four reports has been published whole, in the order in which they were accepted
 */
async function timesPublished(sealing: Sealing): Promise<number[]> {
  const reports = [await send(), await send(), await send()];
  await server.moveClock(3600);
  const locker = await server.app.get(Database).connect();
  await locker.query('BEGIN; LOCK TABLE sealed_slot IN SHARE MODE');
  const sealed = sealing.seal();
  await untilItWaits(locker);
  reports.push(await send());
  await locker.query('COMMIT');
  await locker.end();
  expect(await sealed).toMatchObject({ kind: 'sealed', reports: 2, left: 1 });
  await sealNextSlot(server);
  await sealNextSlot(server);
  const batches = await readPublication(server);
  return reports.map((cens) => batches.filter((batch) => cens.every((cen) => batch.cens.includes(cen))).length);
}

describe('a report that commits while a sealing runs', () => {
  it('is published in a later slot, and nothing is lost', async () => {
    const sealing = sealingOf(server);
    expect(await timesPublished(sealing)).toEqual([1, 1, 1, 1]);
    // The fourth was accepted after the first batch was sealed, and is in none that claims to be older.
    const [{ pending }] = (await server.rows<{ pending: number }>(
      'SELECT count(*)::int AS pending FROM pending_report',
    )) as [{ pending: number }];
    expect(pending).toBe(0);
  });

  it('would be missed if the sealing deleted whatever is there: the interleaving is real', async () => {
    const sealing = sealingOf(server, { pending: new DeletesWhatIsThere(server.app.get(Database)) });
    expect((await timesPublished(sealing))[3]).toBe(0);
  });

  it('and the reports that a sealing leaves would be missed if it deleted all that it sees', async () => {
    const sealing = sealingOf(server, { pending: new DeletesWhatItSees(server.app.get(Database)) });
    const times = await timesPublished(sealing);
    expect(times.slice(0, 3).sort()).toEqual([0, 1, 1]);
  });
});

/** A mutant: an unqualified DELETE in the sealing's own snapshot. */
class DeletesWhatItSees extends PendingReportRepository {
  override async delete(connection: Connection): Promise<void> {
    await connection.query('DELETE FROM pending_report');
  }
}

/** A mutant: an unqualified DELETE that sees what has been committed by now, as under READ COMMITTED. */
class DeletesWhatIsThere extends PendingReportRepository {
  override async delete(): Promise<void> {
    await server.app.get(Database).pool.query('DELETE FROM pending_report');
  }
}
