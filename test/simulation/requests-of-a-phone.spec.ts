import { cellsAround, sync, type SyncCursor } from 'cen-client';
import { latLngToCell, cellToParent } from 'h3-js';
import { randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** Vienna, Graz, Budapest, Berlin and Lisbon: cells with and without common ancestors. */
const PLACES: readonly (readonly [latitude: number, longitude: number])[] = [
  [48.2, 16.37],
  [47.07, 15.44],
  [47.5, 19.05],
  [52.52, 13.4],
  [38.72, -9.14],
];
const CELLS = PLACES.map(([latitude, longitude]) => latLngToCell(latitude, longitude, 3));

/** The world and every cell above and around the places: all that a phone that was there may ask for. */
const PATHS = new Set([
  'world',
  ...PLACES.flatMap(([latitude, longitude]) => cellsAround(latitude, longitude, 100))
    .map((cell) => cell.toString(16))
    .flatMap((cell) => [cell, ...[0, 1, 2].map((resolution) => cellToParent(cell, resolution))]),
]);

interface Asked {
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
}

let server: TestServer;

/** Every cell has a report, so that the tree is as deep as it can be; and one cell has one where the phone never was. */
beforeAll(async () => {
  server = await startTestServer({ settings: { SPLIT_ABOVE: '1' } });
  await server.seal();
  const elsewhere = latLngToCell(35.7, 139.7, 3);
  const numbers = await server.mint(CELLS.length + 1);
  for (const [i, cell] of [...CELLS, elsewhere].entries()) {
    const groups = [{ cell: BigInt(`0x${cell}`), cens: randomCens(20) }];
    expect((await server.report({ number: numbers[i]!, groups })).status).toBe(202);
  }
  await server.moveClock(3600);
  expect(await server.seal()).toMatchObject({ kind: 'sealed', batches: CELLS.length + 1 });
});

afterAll(() => server.close());

async function syncPhone(cursor?: SyncCursor): Promise<{ asked: Asked[]; cursor: SyncCursor }> {
  const asked: Asked[] = [];
  const now = await server.now();
  const result = await sync({
    baseUrl: `http://127.0.0.1:${server.port}`,
    rootKey: server.keyRing.rootPublicKey(),
    places: PLACES.flatMap(([latitude, longitude]) => cellsAround(latitude, longitude, 100)),
    observations: [],
    cursor,
    now: () => now,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const bytes = (await response.clone().arrayBuffer()).byteLength;
      asked.push({ path: new URL(url).pathname, status: response.status, bytes });
      return response;
    },
  });
  expect(result.problems).toEqual([]);
  return { asked, cursor: result.cursor };
}

const indexesOf = (asked: readonly Asked[]) =>
  asked.filter(({ path }) => /^\/v1\/regions\/[^/]+$/.test(path)).map(({ path }) => path.split('/').at(-1)!);

describe('a phone that was in five cells', () => {
  it('asks once for the index of each region on its paths, for no other, and for each batch once', async () => {
    const { asked } = await syncPhone();
    const indexes = indexesOf(asked);
    expect(new Set(indexes).size).toBe(indexes.length);
    expect(indexes.filter((region) => !PATHS.has(region))).toEqual([]);
    expect(indexes).toEqual(expect.arrayContaining(['world', ...CELLS]));
    const files = asked.filter(({ path }) => path.includes('/batches/') || path.includes('/days/'));
    expect(files).toHaveLength(CELLS.length);
  });

  it('pays for a repetition with 304s only, the settings apart', async () => {
    const first = await syncPhone();
    const again = await syncPhone(first.cursor);
    expect(indexesOf(again.asked).sort()).toEqual(indexesOf(first.asked).sort());
    const others = again.asked.filter(({ path }) => path !== '/v1');
    expect(others.length).toBeGreaterThan(CELLS.length);
    expect(others.filter(({ status, bytes }) => status !== 304 || bytes !== 0)).toEqual([]);
  });

  it('names no place finer than a cell in any request', async () => {
    const { asked } = await syncPhone();
    for (const { path } of asked) {
      const [, region] = /^\/v1\/regions\/([0-9a-f]{15})/.exec(path) ?? [];
      if (region !== undefined) expect(Number.parseInt(region[1]!, 16)).toBeLessThanOrEqual(3);
    }
  });
});
