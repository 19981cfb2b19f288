import { cellToParent, latLngToCell } from 'h3-js';
import { Cens } from '../../src/cens/index.js';
import { runNode } from '../support/child-process.js';
import { json, maxAge } from '../support/http-client.js';
import { hexCens, randomCens } from '../support/packed-report.js';
import { readPublication, sealNextSlot } from '../support/publication.js';
import { indexOf, type KeysJson, readBundle, sha256Hex } from '../support/published.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;
const DAY = 86_400;
const MIDNIGHT = Math.floor(NOON / DAY) * DAY;
const CELL = latLngToCell(52.52, 13.405, 3);

let server: TestServer;
afterEach(() => server.close());

async function start(settings: Record<string, string> = {}, at = NOON): Promise<void> {
  server = await startTestServer({ settings, at });
  await server.seal();
}

async function publish(cens = randomCens(2), cell = 0n): Promise<{ start: number; cens: string[] }> {
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell, cens }] })).status).toBe(202);
  const outcome = await sealNextSlot(server);
  if (outcome.kind !== 'sealed') throw new Error(outcome.kind);
  return { start: outcome.slot, cens: hexCens(cens) };
}

const statusOf = async (path: string) => (await server.get(path)).status;

/** Domain time just after the whole second `at`. */
async function standAt(at: number): Promise<void> {
  const fraction = () => (Date.now() / 1000) % 1;
  while (fraction() > 0.2) await new Promise((resolve) => setTimeout(resolve, 10));
  await server.moveClockTo(at);
}

const tables = (of: TestServer) =>
  of.rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^batch_(piece_)?[0-9]{8}$'`,
  );

describe('retention', () => {
  it('is exact to the second: served until the last one, gone from then on, and out of the database', async () => {
    await start({ SPLIT_ABOVE: '1' });
    const { start: slot } = await publish(randomCens(2), BigInt(`0x${CELL}`));
    const expiry = MIDNIGHT + 21 * DAY;
    const batch = `/v1/regions/${CELL}/batches/${slot}-0.full`;
    const bundle = `/v1/regions/${CELL}/days/2031-03-10.full`;
    await server.advanceTo(expiry - HOUR);

    await standAt(expiry - 1);
    const paths = [batch, bundle, `/v1/regions/${CELL}`, '/v1/regions/world'];
    const [last, lastBundle, cellIndex, worldIndex] = await Promise.all(paths.map((path) => server.get(path)));
    expect(await server.now()).toBeLessThan(expiry);
    expect([last.status, last.headers['cache-control']]).toEqual([200, 'public, max-age=0, immutable']);
    expect(maxAge(lastBundle)).toBe(0);
    expect(indexOf(cellIndex).days).toHaveLength(1);
    expect(indexOf(worldIndex).children).toEqual([cellToParent(CELL, 0)]);

    while ((await server.now()) < expiry) await new Promise((resolve) => setTimeout(resolve, 20));
    await server.moveClock(0);
    for (const path of [batch, bundle, batch.replace('full', 'json'), batch.replace('full', 'compact')]) {
      const gone = await server.get(path, { 'if-none-match': String(last.headers['etag']), range: 'bytes=0-3' });
      expect([gone.status, gone.headers['cache-control']]).toEqual([410, 'no-store']);
    }
    expect(indexOf(await server.get(`/v1/regions/${CELL}`))).toMatchObject({ batches: [], days: [], children: [] });
    expect(indexOf(await server.get('/v1/regions/world')).children).toEqual([]);

    // A worker drops what is past before it serves its first request.
    expect(await server.rows('SELECT FROM batch')).toHaveLength(1);
    const worker = await startTestServer({ replicaOf: server, settings: { ROLES: 'public,worker', SPLIT_ABOVE: '1' } });
    try {
      expect(await worker.rows('SELECT FROM batch')).toHaveLength(0);
      expect(await worker.rows('SELECT FROM batch_piece')).toHaveLength(0);
      expect(await worker.rows('SELECT FROM day_bundle')).toHaveLength(0);
      const names = (await tables(worker)).map(({ name }) => name);
      for (const dropped of ['batch_20310310', 'batch_piece_20310310']) expect(names).not.toContain(dropped);
      expect(await statusOf(batch)).toBe(410);
    } finally {
      await worker.close();
    }
  });

  it('of a day leaves the next day alone', async () => {
    await start();
    await publish();
    await server.moveClockTo(MIDNIGHT + DAY + 600);
    await server.seal();
    const { start: second } = await publish();
    await server.advanceTo(MIDNIGHT + 21 * DAY);
    expect(await statusOf(`/v1/regions/world/batches/${second}-0.compact`)).toBe(200);
    expect(indexOf(await server.get('/v1/regions/world')).days.map(({ date }) => date)).toEqual(['2031-03-11']);
    const worker = await startTestServer({ replicaOf: server, settings: { ROLES: 'worker,public' } });
    await worker.close();
    const names = (await tables(server)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['batch_20310311', 'batch_piece_20310311']));
    expect(names).not.toContain('batch_piece_20310310');
    expect(await server.rows('SELECT FROM batch')).toHaveLength(1);
  });

  it.each([
    ['was killed after the batches were out of their table', ['DETACH PARTITION batch_20310310 CONCURRENTLY']],
    [
      'was killed after it had dropped them',
      ['DETACH PARTITION batch_20310310 CONCURRENTLY', 'DROP TABLE batch_20310310'],
    ],
  ])('that %s drops their files the next time', async (_, done) => {
    await start();
    const { start: slot } = await publish();
    await server.advanceTo(MIDNIGHT + 21 * DAY);
    for (const step of done) await server.rows(step.startsWith('DROP') ? step : `ALTER TABLE batch ${step}`);
    expect(await server.rows('SELECT FROM batch_piece')).not.toHaveLength(0);
    expect(await statusOf(`/v1/regions/world/batches/${slot}-0.full`)).toBe(410);
    const worker = await startTestServer({ replicaOf: server, settings: { ROLES: 'worker,public' } });
    await worker.close();
    expect(await server.rows('SELECT FROM batch_piece')).toHaveLength(0);
    expect((await tables(server)).map(({ name }) => name).filter((name) => name.includes('20310310'))).toEqual([]);
  });
});

describe('a day bundle', () => {
  const path = '/v1/regions/world/days/2031-03-10.compact';

  it("exists once the day's last slot has been sealed, not before", async () => {
    await start({}, MIDNIGHT + 21 * HOUR + 600);
    await publish();
    await publish();
    const early = await server.get(path);
    expect([early.status, early.headers['cache-control']]).toEqual([404, 'no-store']);
    // 00:10 of the next day, and its last slot not sealed yet.
    await server.moveClock(HOUR);
    expect(await statusOf(path)).toBe(404);
    expect(indexOf(await server.get('/v1/regions/world')).days).toEqual([]);
    await server.seal();

    const keys = json<KeysJson>(await server.get('/v1/keys')).keys.map(({ x }) => x);
    const bundle = await server.get(path);
    expect(bundle.status).toBe(200);
    const { days, batches } = indexOf(await server.get('/v1/regions/world'));
    expect(days).toMatchObject([
      { date: '2031-03-10', count: 4, batches: 2, encodings: { compact: { sha256: sha256Hex(bundle.body) } } },
    ]);
    expect(readBundle(bundle.body, keys).map(({ start }) => start)).toEqual(batches.map(({ start }) => start));
  });

  it('exists also when its last slot was skipped and a later one is sealed', async () => {
    await start();
    await publish();
    await server.moveClockTo(MIDNIGHT + DAY + 5 * HOUR + 600);
    expect(await statusOf(path)).toBe(404);
    await server.seal();
    expect(await statusOf(path)).toBe(200);
  });

  it('stands alone in the index for batches older than 48 h, which are served all the same', async () => {
    await start();
    const { start: slot } = await publish();
    await server.moveClockTo(MIDNIGHT + 2 * DAY + 11 * HOUR + 600);
    await server.seal();
    expect(indexOf(await server.get('/v1/regions/world')).batches).toHaveLength(1);
    await sealNextSlot(server);
    await sealNextSlot(server);
    await sealNextSlot(server);
    expect(indexOf(await server.get('/v1/regions/world'))).toMatchObject({ batches: [], days: [{ batches: 1 }] });
    expect(await statusOf(`/v1/regions/world/batches/${slot}-0.compact`)).toBe(200);
  });
});

describe('a clock more than seven days past the last sealing', () => {
  it('stops sealing and retention until an operator has confirmed it; reading and reporting go on', async () => {
    await start({ RETENTION_DAYS: '5' });
    const { start: slot } = await publish();
    await server.moveClock(7 * DAY - 2 * HOUR);
    expect(await server.seal()).toMatchObject({ kind: 'sealed' });
    await server.moveClock(7 * DAY + 1);
    expect(await server.seal()).toMatchObject({ kind: 'halted', fault: expect.stringContaining('more than 7 days') });

    const [number] = await server.mint(1);
    const cens = randomCens(1);
    expect((await server.report({ number, groups: [{ cell: 0n, cens }] })).status).toBe(202);
    expect(await statusOf('/v1/regions/world')).toBe(200);
    expect(await statusOf(`/v1/regions/world/batches/${slot}-0.full`)).toBe(410);
    const halted = await startTestServer({
      replicaOf: server,
      settings: { RETENTION_DAYS: '5', ROLES: 'worker,public' },
    });
    expect(json(await halted.get('/health/ready'))).toMatchObject({ alerts: [{ name: 'clock-not-trusted' }] });
    await halted.close();
    expect(await server.rows('SELECT FROM batch')).toHaveLength(1);

    const { DATABASE_URL, DATABASE_OWNER_URL } = {
      DATABASE_URL: server.testDatabase.url,
      DATABASE_OWNER_URL: server.testDatabase.ownerUrl,
    };
    const resumed = await runNode(['dist/cli.js', 'resume', '--json'], {
      DATABASE_URL,
      DATABASE_OWNER_URL,
      DATA_DIR: server.dataDir,
    }).ended;
    expect(resumed.code).toBe(0);
    const { trusted } = JSON.parse(resumed.stdout.trim().split('\n').at(-1)!) as { trusted: number };
    expect(Math.abs(trusted - (await server.now()))).toBeLessThan(60);

    expect(await server.seal()).toMatchObject({ kind: 'sealed', reports: 1 });
    expect((await readPublication(server)).flatMap((batch) => batch.cens)).toEqual(hexCens(cens));
    const worker = await startTestServer({
      replicaOf: server,
      settings: { RETENTION_DAYS: '5', ROLES: 'worker,public' },
    });
    await worker.close();
    expect(await server.rows('SELECT FROM batch')).toHaveLength(1);
    expect(await server.rows('SELECT FROM batch WHERE slot_start = $1', [slot])).toHaveLength(0);
  });

  it('is trusted again by the word of the facade too', async () => {
    await start();
    await server.moveClock(8 * DAY);
    expect(await server.seal()).toMatchObject({ kind: 'halted' });
    expect(await server.app.get(Cens).trustClock()).toBeCloseTo(await server.now(), -1);
    expect(await server.seal()).toMatchObject({ kind: 'sealed' });
  });
});
