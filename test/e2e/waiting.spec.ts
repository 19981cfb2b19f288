import { latLngToCell } from 'h3-js';
import { hexCens, newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { type PublishedBatch, readPublication, sealNextSlot } from '../support/publication.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { KeyRing } from '../../src/platform/keys/index.js';

const HOUR = 3600;
const [vienna, tokyo] = [latLngToCell(48.2, 16.37, 3), latLngToCell(35.7, 139.7, 3)];
const cellOf = (id: string): bigint => BigInt(`0x${id}`);

let server: TestServer;

beforeEach(async () => {
  const settings = { MIN_REPORTS: '2', SPLIT_ABOVE: '10', WORLD_MAX_HOLD_SECONDS: String(2 * HOUR) };
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

const byStart = (a: PublishedBatch, b: PublishedBatch): number => a.start - b.start;

const rows = () => server.rows<{ id: string; xmin: string }>('SELECT id, xmin::text FROM pending_report');

describe('what is left for the world of fewer reports than MIN_REPORTS', () => {
  it('waits while the rest of its reports is published, and joins its own region as soon as that can stand alone', async () => {
    const [one, other] = [await send([vienna, 8], [tokyo, 7]), await send([vienna, 9])];
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', reports: 2, batches: 1, held: true });
    const local = { id: vienna, cens: censIn(vienna, one, other) };
    expect(await readPublication(server)).toMatchObject([local]);

    const later = await send([tokyo, 6]);
    expect(await sealNextSlot(server)).toMatchObject({ reports: 2, batches: 1, held: false });
    const joined = { id: tokyo, cens: censIn(tokyo, one, later) };
    expect((await readPublication(server)).sort(byStart)).toMatchObject([local, joined]);
    expect(await rows()).toEqual([]);
  });

  it('goes out when it has waited long enough, filled up from the regions that are published then', async () => {
    const stray = await send([tokyo, 7]);
    await Promise.all([send([vienna, 8]), send([vienna, 8])]);
    for (const held of [true, true]) expect(await sealNextSlot(server)).toMatchObject({ held });
    const [large] = [await send([vienna, 9]), await send([vienna, 8]), await send([vienna, 8])];
    expect(await sealNextSlot(server)).toMatchObject({ reports: 4, batches: 2, held: false });
    const world = (await readPublication(server)).find(({ id }) => id === 'world');
    expect(world!.cens).toEqual([...censIn(tokyo, stray), ...censIn(vienna, large)].sort());
    expect(await rows()).toEqual([]);
  });

  it('keeps its report answered as before, and is never published twice', async () => {
    const one = await send([vienna, 8], [tokyo, 7]);
    await send([vienna, 9]);
    await sealNextSlot(server);
    expect((await server.report(one)).status).toBe(202);
    const again = await server.report({ ...one, idempotencyKey: newIdempotencyKey() });
    expect(again.status).toBe(403);
    for (let slot = 0; slot < 4; slot++) await sealNextSlot(server);
    const cens = (await readPublication(server)).flatMap((batch) => batch.cens);
    expect(cens.filter((cen) => censIn(tokyo, one).includes(cen))).toHaveLength(7);
    expect(cens).toHaveLength(8 + 9 + 7);
  });

  it('says by no row any more which of the slot’s reports it came in, nor when', async () => {
    await send([vienna, 8], [tokyo, 7]);
    await send([vienna, 9]);
    const before = await rows();
    await sealNextSlot(server);
    const after = await rows();
    expect(after).toHaveLength(1);
    expect(before.map(({ id }) => id)).not.toContain(after[0]!.id);
    const [sealing] = await server.rows<{ xmin: string }>(
      'SELECT xmin::text FROM sealed_slot ORDER BY start DESC LIMIT 1',
    );
    expect(after.map(({ xmin }) => xmin)).toEqual([sealing!.xmin]);

    // Again though nothing else comes: a row that stayed would be told by its age from one that is new.
    await sealNextSlot(server);
    const [row] = await rows();
    expect(row!.id).not.toBe(after[0]!.id);
    expect(row!.xmin).not.toBe(after[0]!.xmin);
  });

  it('keeps everything as it was where the key ring is stale: the key for what waits may be gone before the next slot', async () => {
    await send([vienna, 8], [tokyo, 7]);
    await send([vienna, 9]);
    const before = await rows();
    const keys = server.app.get(KeyRing);
    const isStale = jest.spyOn(keys, 'isStale').mockReturnValue(true);
    keys.setUsable(false);
    await expect(sealNextSlot(server)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await rows()).toEqual(before);
    isStale.mockRestore();
    keys.setUsable(true);
    expect(await server.seal()).toMatchObject({ reports: 2, batches: 1, held: true });
  });
});
