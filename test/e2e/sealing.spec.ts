import { cellToParent, latLngToCell } from 'h3-js';
import { indexOf } from '../support/published.js';
import { hexCens, newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { readPublication, sealNextSlot } from '../support/publication.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;
const SLOT = NOON - 600;

const servers: TestServer[] = [];

async function start(settings: Record<string, string>): Promise<TestServer> {
  const server = await startTestServer({ settings });
  servers.push(server);
  await server.seal();
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function send(server: TestServer, groups: { cell: bigint; cens: Buffer }[]): Promise<void> {
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups })).status).toBe(202);
}

const inWorld = (cens: Buffer) => [{ cell: 0n, cens }];

async function pendingCount(server: TestServer): Promise<number> {
  const [row] = await server.rows<{ count: number }>('SELECT count(*)::int AS count FROM pending_report');
  return row!.count;
}

describe('a batch', () => {
  it('once sealed never changes: what comes later goes into a later slot (invariant 3)', async () => {
    const server = await start({});
    const [early, late] = [randomCens(3), randomCens(2)];
    await send(server, inWorld(early));
    await sealNextSlot(server);
    const { url } = indexOf(await server.get('/v1/regions/world')).batches[0]!.encodings['full']!;
    const first = await server.get(url);

    await send(server, inWorld(late));
    expect(await server.seal()).toEqual({ kind: 'not-due' });
    await sealNextSlot(server);
    const again = await server.get(url);
    expect([again.headers['etag'], again.body.equals(first.body)]).toEqual([first.headers['etag'], true]);
    const batches = await readPublication(server);
    expect(batches.map(({ start, cens }) => [start, cens])).toEqual([
      [SLOT, hexCens(early).sort()],
      [SLOT + HOUR, hexCens(late).sort()],
    ]);
  });

  it('says that it was sealed after the last report in it was made, and not in the future', async () => {
    const server = await start({});
    await send(server, inWorld(randomCens(1)));
    await server.moveClock(HOUR);
    await send(server, inWorld(randomCens(1)));
    const accepted = await server.now();
    await server.seal();
    const sealed = await server.now();
    const { sealedAt, count } = (await readPublication(server))[0]!;
    expect(count).toBe(2);
    expect(sealedAt).toBeGreaterThanOrEqual(accepted);
    expect(sealedAt).toBeLessThan(sealed + 1);
  });

  it('holds a CEN once that came in several reports and groups of its region', async () => {
    const server = await start({});
    const shared = randomCens(2);
    const own = randomCens(3);
    const cell = BigInt(`0x${latLngToCell(52.52, 13.405, 3)}`);
    for (let index = 0; index < 3; index++) {
      const mine = Buffer.concat([shared, own.subarray(16 * index, 16 * index + 16)]);
      await send(server, [...inWorld(mine), { cell, cens: shared }]);
    }
    await sealNextSlot(server);
    const [batch] = await readPublication(server);
    expect(batch!.cens).toEqual([...hexCens(shared), ...hexCens(own)].sort());
  });
});

describe('a slot', () => {
  it('is sealed also when there is nothing to publish, and only once', async () => {
    const server = await start({});
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', slot: SLOT, batches: 0 });
    expect(await server.seal()).toEqual({ kind: 'not-due' });
    expect(await readPublication(server)).toEqual([]);
  });

  it('takes in all that is pending after an outage, in the last slot that has ended', async () => {
    const server = await start({});
    await send(server, inWorld(randomCens(1)));
    await server.moveClock(5 * HOUR);
    expect(await server.seal()).toMatchObject({ kind: 'sealed', slot: SLOT + 4 * HOUR, reports: 1 });
    expect((await readPublication(server)).map(({ start }) => start)).toEqual([SLOT + 4 * HOUR]);
  });

  it('is never out of order, also when an operator has confirmed a clock that was set back', async () => {
    const server = await start({});
    await server.moveClock(5 * HOUR);
    await server.seal();
    await send(server, inWorld(randomCens(1)));
    await server.moveClock(-3 * HOUR);
    expect(await server.seal()).toMatchObject({ kind: 'halted', fault: expect.stringContaining('behind') });
    await server.rows('UPDATE clock_guard SET baseline = cen_now()');
    expect(await server.seal()).toEqual({ kind: 'not-due' });
    expect(await pendingCount(server)).toBe(1);
    await server.moveClock(4 * HOUR);
    expect(await server.seal()).toMatchObject({ kind: 'sealed', slot: SLOT + 5 * HOUR, reports: 1 });
  });

  it('is sealed by one of two replicas at the same moment', async () => {
    const server = await start({});
    const other = await startTestServer({ replicaOf: server });
    try {
      await send(server, inWorld(randomCens(4)));
      await server.moveClock(HOUR);
      const kinds = (await Promise.all([server.seal(), other.seal()])).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'sealed').length).toBe(1);
      expect((await readPublication(server)).map(({ count }) => count)).toEqual([4]);
    } finally {
      servers.splice(servers.indexOf(server), 1);
      await other.close();
      await server.close();
    }
  });
});

describe('fewer reports than MIN_REPORTS (invariant 6)', () => {
  const SETTINGS = { MIN_REPORTS: '3', WORLD_MAX_HOLD_SECONDS: String(2 * HOUR) };

  it('wait for more of them', async () => {
    const server = await start(SETTINGS);
    const cens = [randomCens(2), randomCens(2), randomCens(2)];
    await send(server, inWorld(cens[0]!));
    await send(server, inWorld(cens[1]!));
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', held: true, batches: 0, reports: 0 });
    expect(await readPublication(server)).toEqual([]);
    expect(await pendingCount(server)).toBe(2);
    await send(server, inWorld(cens[2]!));
    expect(await sealNextSlot(server)).toMatchObject({ held: false, reports: 3 });
    expect((await readPublication(server)).flatMap((batch) => batch.cens).sort()).toEqual(cens.flatMap(hexCens).sort());
  });

  it('wait no longer than WORLD_MAX_HOLD_SECONDS of slots, and the next ones wait anew', async () => {
    const server = await start(SETTINGS);
    for (let round = 0; round < 2; round++) {
      await send(server, inWorld(randomCens(1)));
      const held = [await sealNextSlot(server), await sealNextSlot(server), await sealNextSlot(server)];
      expect(held.map((outcome) => outcome.kind === 'sealed' && outcome.held)).toEqual([true, true, false]);
      expect((await readPublication(server)).length).toBe(round + 1);
    }
  });

  it('are answered again while they wait, and published once', async () => {
    const server = await start(SETTINGS);
    const [number] = await server.mint(1);
    const report = { number, groups: inWorld(randomCens(1)), idempotencyKey: newIdempotencyKey() };
    expect((await server.report(report)).status).toBe(202);
    await sealNextSlot(server);
    await server.moveClock(60 * HOUR);
    expect((await server.report(report)).status).toBe(202);
    await server.seal();
    expect((await readPublication(server)).map(({ count }) => count)).toEqual([1]);
  });
});

describe('decoys', () => {
  const isUuid4 = (hex: string) => hex[12] === '4' && '89ab'.includes(hex[16]!);

  it('fill a small batch of the world up to MIN_BATCH_CENS and at most a tenth more, in the shape of CENs', async () => {
    const server = await start({ MIN_BATCH_CENS: '300', CEN_SHAPE: 'uuid4' });
    const counts = new Set<number>();
    for (let slot = 0; slot < 4; slot++) {
      const cens = Buffer.from('0b5d5f4cf9a14d5bb0a4e6f14f4cb8a1', 'hex');
      await send(server, inWorld(cens));
      await sealNextSlot(server);
      const batch = (await readPublication(server)).at(-1)!;
      expect(batch.count).toBeGreaterThanOrEqual(300);
      expect(batch.count).toBeLessThanOrEqual(330);
      expect(batch.cens).toContain(hexCens(cens)[0]);
      expect(batch.cens.every(isUuid4)).toBe(true);
      expect(new Set(batch.cens).size).toBe(batch.count);
      counts.add(batch.count);
    }
    expect(counts.size).toBeGreaterThan(1);
  });

  it('are not added to a batch that is large enough, nor to one of a cell', async () => {
    const server = await start({ MIN_BATCH_CENS: '300', SPLIT_ABOVE: '20' });
    const cell = latLngToCell(52.52, 13.405, 3);
    const [world, local] = [randomCens(310), randomCens(30)];
    await send(server, inWorld(world));
    await send(server, [{ cell: BigInt(`0x${cell}`), cens: local }]);
    await sealNextSlot(server);
    const batches = await readPublication(server);
    expect(batches.map(({ id, cens }) => [id, cens])).toEqual([
      ['world', hexCens(world).sort()],
      [cell, hexCens(local).sort()],
    ]);
  });
});

describe('several regions (invariants 5 and 6)', () => {
  const berlin = [latLngToCell(52.52, 13.405, 3), latLngToCell(53.9, 14.5, 3), latLngToCell(51.0, 12.0, 3)];
  const elsewhere = [latLngToCell(-33.9, 18.4, 3), latLngToCell(35.7, 139.7, 3)];
  const cells = [...berlin, ...elsewhere, cellToParent(berlin[0]!, 1)];

  it('get each CEN in its own region or above it, and no batch holds fewer than MIN_REPORTS reports', async () => {
    const server = await start({ MIN_REPORTS: '3', SPLIT_ABOVE: '12' });
    const reports = Array.from({ length: 24 }, (_, index) => {
      const chosen = [cells[index % cells.length]!, cells[(index * index) % 5]!];
      return [...new Set(chosen)].map((cell) => ({ cell, cens: randomCens(1 + (index % 4)) }));
    });
    for (const groups of reports) {
      await send(
        server,
        groups.map(({ cell, cens }) => ({ cell: BigInt(`0x${cell}`), cens })),
      );
    }
    await sealNextSlot(server);
    const batches = await readPublication(server);
    expect(batches.length).toBeGreaterThan(2);
    const holds = (region: string, cell: string) =>
      region === 'world' ||
      region === cell ||
      [0, 1, 2].some((resolution) => cellToParent(cell, resolution) === region);
    const published = batches.flatMap(({ id, cens }) => cens.map((cen) => ({ id, cen })));
    for (const { cell, cens } of reports.flat()) {
      for (const cen of hexCens(cens)) {
        const places = published.filter((one) => one.cen === cen).map(({ id }) => id);
        expect(places.length).toBe(1);
        expect([cell, places[0], holds(places[0]!, cell)]).toEqual([cell, places[0], true]);
      }
    }
    for (const { cens } of batches) {
      const inBatch = new Set(cens);
      const sources = reports.filter((groups) =>
        groups.some((group) => hexCens(group.cens).some((cen) => inBatch.has(cen))),
      );
      expect(sources.length).toBeGreaterThanOrEqual(3);
    }
    expect(published.length).toBe(reports.flat().reduce((sum, { cens }) => sum + cens.length / 16, 0));
  });
});

describe('more than SEAL_MAX_CENS', () => {
  it('is sealed in whole reports, the rest in the next slots', async () => {
    const server = await start({ SEAL_MAX_CENS: '1000', MAX_REPORT_CENS: '400' });
    const reports = Array.from({ length: 6 }, () => randomCens(300));
    for (const cens of reports) await send(server, inWorld(cens));
    const outcomes = [await sealNextSlot(server), await sealNextSlot(server)];
    expect(outcomes).toMatchObject([
      { reports: 3, left: 3 },
      { reports: 3, left: 0 },
    ]);
    const batches = await readPublication(server);
    for (const cens of reports.map(hexCens)) {
      expect(batches.map((batch) => cens.filter((cen) => batch.cens.includes(cen)).length).sort()).toEqual([0, 300]);
    }
  });
});
