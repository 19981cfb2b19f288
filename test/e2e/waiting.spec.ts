import { latLngToCell } from 'h3-js';
import { hexCens, newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { type PublishedBatch, readPublication, sealNextSlot } from '../support/publication.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { openPending, type SealedReport } from '../../src/cens/reports/pending-codec.js';
import { SealingFailed, SealingThread } from '../../src/cens/sealing/sealing-thread.js';
import { KeyRing } from '../../src/platform/keys/index.js';

const HOUR = 3600;
const [vienna, tokyo, sydney, lima] = [
  [48.2, 16.37],
  [35.7, 139.7],
  [-33.9, 151.2],
  [-12, -77],
].map(([latitude, longitude]) => latLngToCell(latitude!, longitude!, 3)) as [string, string, string, string];
const cellOf = (id: string): bigint => BigInt(`0x${id}`);

let server: TestServer;

beforeEach(async () => {
  const hold = String(2 * HOUR);
  const settings = { MIN_REPORTS: '4', MIN_BATCH_CENS: '100', SPLIT_ABOVE: '10', WORLD_MAX_HOLD_SECONDS: hold };
  server = await startTestServer({ settings });
  await server.seal();
});

afterEach(() => server.close());

interface Sent {
  readonly number: string;
  readonly groups: readonly { cell: bigint; cens: Buffer }[];
  readonly idempotencyKey: string;
}

async function send(...places: [id: string, count: number][]): Promise<Sent> {
  const [number] = await server.mint(1);
  const groups = places.map(([id, count]) => ({ cell: cellOf(id), cens: randomCens(count) }));
  const sent = { number: number!, groups, idempotencyKey: newIdempotencyKey() };
  expect((await server.report(sent)).status).toBe(202);
  return sent;
}

/** Hexadecimal CENs that somebody reported in a cell. */
const censIn = (id: string, ...reports: Sent[]): string[] =>
  reports
    .flatMap(({ groups }) => groups.filter(({ cell }) => cell === cellOf(id)).flatMap(({ cens }) => hexCens(cens)))
    .sort();

const byStart = (a: PublishedBatch, b: PublishedBatch): number => a.start - b.start || a.id.localeCompare(b.id);

const rows = () =>
  server.rows<{ id: string; xmin: string; bytes: number }>(
    'SELECT id, xmin::text, octet_length(sealed) AS bytes FROM pending_report ORDER BY ctid',
  );

/** CENs of the pending reports, in the order of their places in the table. */
async function pendingSizes(): Promise<number[]> {
  const sealed = await server.rows<SealedReport>(
    'SELECT id, key_id AS "keyId", sealed FROM pending_report ORDER BY ctid',
  );
  return sealed.map((row) => openPending(row, server.app.get(KeyRing))!.groups[0]!.cens.length / 16);
}

/** Reports of as many people as it takes, who were in Vienna alone. */
const locals = () => Promise.all([8, 9, 10, 11].map((count) => send([vienna, count])));

/** Without the world's decoys. */
async function published(...known: Sent[]) {
  const real = new Set(known.flatMap(({ groups }) => groups.flatMap(({ cens }) => hexCens(cens))));
  const batches = (await readPublication(server)).sort(byStart);
  return batches.map(({ id, cens }) => ({ id, cens: cens.filter((cen) => real.has(cen)).sort() }));
}

describe('a report of which something would be left for a world of fewer than MIN_REPORTS', () => {
  it('waits as a whole while others are published, until its own region can stand alone', async () => {
    const stray = await send([vienna, 8], [tokyo, 7]);
    const others = await locals();
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', reports: 4, batches: 1, held: true });
    const first = { id: vienna, cens: censIn(vienna, ...others) };
    expect(await published(stray, ...others)).toEqual([first]);

    const later = [await send([tokyo, 6]), await send([tokyo, 6]), await send([tokyo, 5]), ...(await locals())];
    expect(await sealNextSlot(server)).toMatchObject({ reports: 8, batches: 2, held: false });
    expect(await published(stray, ...others, ...later)).toEqual([
      first,
      { id: vienna, cens: censIn(vienna, stray, ...later) },
      { id: tokyo, cens: censIn(tokyo, stray, ...later) },
    ]);
    expect(await rows()).toEqual([]);
    // In a small system that would be the hour in which one report came.
    expect(await server.rows('SELECT start FROM sealed_slot WHERE held_since IS NOT NULL')).toEqual([]);
  });

  it('is out in all its cells at once, so that nobody can play a CEN back in one that is public from another', async () => {
    const shared = randomCens(3);
    const [number] = await server.mint(1);
    const groups = [vienna, tokyo].map((id) => ({ cell: cellOf(id), cens: shared }));
    expect((await server.report({ number, groups })).status).toBe(202);
    for (let slot = 0; slot < 3; slot++) {
      await locals();
      await sealNextSlot(server);
    }
    const holding = (await readPublication(server)).filter(({ cens }) => cens.includes(hexCens(shared)[0]!));
    expect(holding.length).toBeGreaterThan(0);
    expect(new Set(holding.map(({ sealedAt }) => sealedAt)).size).toBe(1);
  });

  it('goes out when it has waited long enough, filled up from the regions that are published then', async () => {
    const stray = await send([tokyo, 9]);
    for (const held of [true, true]) {
      await locals();
      expect(await sealNextSlot(server)).toMatchObject({ reports: 4, held });
    }
    const fresh = [...(await locals()), ...(await locals())];
    expect(await sealNextSlot(server)).toMatchObject({ reports: 9, batches: 2, held: false });
    const world = (await published(stray, ...fresh)).find(({ id }) => id === 'world')!;
    // The smallest two groups that are large enough, and their equals.
    const movedUp = fresh.filter(({ groups }) => [9, 10].includes(groups[0]!.cens.length / 16));
    expect(world.cens).toEqual([...censIn(tokyo, stray), ...censIn(vienna, ...movedUp)].sort());
    expect(await rows()).toEqual([]);
  });

  it('waits its own time, whatever has waited before it', async () => {
    await send([tokyo, 7]);
    await locals();
    await sealNextSlot(server);
    await Promise.all([send([tokyo, 7]), send([tokyo, 7]), send([tokyo, 7]), send([sydney, 6])]);
    // Tokyo's four are enough now; Sydney's one has two slots before it.
    for (const held of [true, true, false]) {
      await locals();
      expect(await sealNextSlot(server)).toMatchObject({ held });
    }
  });

  it('keeps its answer, and is never published twice', async () => {
    const one = await send([vienna, 8], [tokyo, 7]);
    await locals();
    await sealNextSlot(server);
    expect(await published(one)).toEqual([{ id: vienna, cens: [] }]);
    await server.moveClock(60 * HOUR);
    expect((await server.report(one)).status).toBe(202);
    expect((await server.report({ ...one, idempotencyKey: newIdempotencyKey() })).status).toBe(403);
    for (let slot = 0; slot < 4; slot++) await sealNextSlot(server);
    const cens = (await published(one)).flatMap((batch) => batch.cens);
    expect(cens.sort()).toEqual([...censIn(vienna, one), ...censIn(tokyo, one)].sort());
  });

  it('lies among new rows of one length, whose places say nothing of the order in which they came', async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 8; round++) {
      for (const [i, id] of [tokyo, sydney, lima].entries()) await send([id, 7 + 20 * i]);
      await locals();
      const before = await rows();
      expect(await sealNextSlot(server)).toMatchObject({ reports: 4, held: true });
      const after = await rows();
      expect(after).toHaveLength(3);
      expect(after.filter(({ id }) => before.some((row) => row.id === id))).toEqual([]);
      expect(new Set(after.map(({ bytes }) => bytes)).size).toBe(1);
      const [slot] = await server.rows<{ xmin: string }>(
        'SELECT xmin::text FROM sealed_slot ORDER BY start DESC LIMIT 1',
      );
      expect(new Set(after.map(({ xmin }) => xmin))).toEqual(new Set([slot!.xmin]));
      orders.add((await pendingSizes()).join());
      await server.rows('DELETE FROM pending_report');
    }
    // In the same order each time by chance once in 6^7.
    expect(orders.size).toBeGreaterThan(1);
  });

  it('keeps everything as it was where the key ring is stale: the key for what waits may be gone before the next slot', async () => {
    await send([tokyo, 7]);
    const before = await rows();
    const keys = server.app.get(KeyRing);
    const isStale = jest.spyOn(keys, 'isStale').mockReturnValue(true);
    keys.setUsable(false);
    await expect(sealNextSlot(server)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await rows()).toEqual(before);
    isStale.mockRestore();
    keys.setUsable(true);
    expect(await server.seal()).toMatchObject({ reports: 0, held: true });
  });

  it('keeps everything as it was also in the sealing thread, which cannot tell by itself that the ring is stale', async () => {
    await send([tokyo, 7]);
    const before = await rows();
    await server.moveClock(HOUR);
    const isStale = jest.spyOn(server.app.get(KeyRing), 'isStale').mockReturnValue(true);
    const thread = server.app.get(SealingThread);
    await expect(thread.seal()).rejects.toThrow(SealingFailed);
    expect(await rows()).toEqual(before);
    isStale.mockRestore();
    expect(await thread.seal()).toMatchObject({ reports: 0, held: true });
  });
});
