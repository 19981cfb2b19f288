import { indexOf } from '../../../test/support/published.js';
import { NOON, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Database } from '../../platform/database/index.js';
import { type RegionId, Regions, WORLD } from '../../regions/index.js';
import { BatchRepository } from './batch.repository.js';
import { RegionCatalogue } from './region-catalogue.js';

const HOUR = 3600;
const DAY = 86_400;
const YESTERDAY = Math.floor(NOON / DAY) * DAY - DAY;
const EARLY = YESTERDAY + 2 * HOUR;
const LATE = YESTERDAY + DAY;

const regions = new Regions();
const below = (cells: readonly RegionId[]) => cells.flatMap((cell) => regions.children(cell));
const fine = below(below(below(below([WORLD]))));
/** More than are read at once. */
const many = fine.slice(0, 12_000);
const [bases, absent] = [regions.children(WORLD), fine.slice(-20)];

let server: TestServer;
let catalogue: RegionCatalogue;

beforeAll(async () => {
  server = await startTestServer();
  catalogue = new RegionCatalogue(server.app.get(BatchRepository, { strict: false }), regions);
  // Makes the partitions.
  await server.seal();
  await store(EARLY, many, 1);
  await store(LATE, many.slice(0, 7000), 1);
  await store(LATE, many.slice(0, 1), 3);
  await catalogue.follow(LATE, YESTERDAY);
});
afterAll(() => server.close());

/** Files that nobody reads. */
async function store(start: number, of: readonly RegionId[], parts: number): Promise<void> {
  await server.rows(
    `INSERT INTO batch (slot_start, region, part, slot_seconds, count, sealed_at, compact_sha256, compact_bytes)
     SELECT $1::bigint, region, part, 3600, 20, $1::bigint + 3600, '', 1 FROM unnest($2::bigint[]) region, generate_series(0, $3::int - 1) part
     ON CONFLICT DO NOTHING`,
    [start, of.map(String), parts],
  );
}

const has = (region: RegionId, start: number, part = 0) => catalogue.has({ region, start, part });

it('knows every batch, however many pieces they are read in', () => {
  expect(many.filter((region) => !has(region, EARLY))).toEqual([]);
  expect(many.map((region) => has(region, LATE))).toEqual(many.map((_, i) => i < 7000));
  expect([0, 1, 2, 3].map((part) => has(many[0], LATE, part))).toEqual([true, true, true, false]);
});

it('knows of none that there is not', () => {
  expect(absent.some((region) => has(region, EARLY) || catalogue.hasAny(region, YESTERDAY))).toBe(false);
  expect([has(many[0], EARLY, 1), has(many[0], EARLY + 1), has(WORLD, EARLY)]).toEqual([false, false, false]);
});

it('tells children with something below them from those with something of their own', () => {
  const used = new Set(many.map((cell) => regions.ancestors(cell).at(-2)!));
  expect(catalogue.liveChildren(WORLD, YESTERDAY)).toEqual(bases.filter((base) => used.has(base)));
  expect([catalogue.hasAny(bases[0], YESTERDAY), catalogue.hasAny(many[0], YESTERDAY)]).toEqual([false, true]);
  expect([catalogue.hasAny(many[8000], LATE), catalogue.hasAny(many[0], LATE)]).toEqual([false, true]);
});

it('asks the database for nothing to answer for regions without batches', async () => {
  const asked = jest.spyOn(server.app.get(Database).pool, 'query');
  for (const region of absent) {
    const index = indexOf(await server.get(`/v1/regions/${region.toString(16)}`));
    expect([index.batches, index.days]).toEqual([[], []]);
  }
  // What the catalogue itself reads, once a sealing, is not meant.
  const texts = asked.mock.calls.map(([query]) => JSON.stringify(query));
  asked.mockRestore();
  expect(texts.filter((text) => /JOIN batch|FROM day_bundle/.test(text))).toEqual([]);
});

// Last: it forgets.
it('takes in what is sealed later, and drops whole days', async () => {
  await store(LATE + HOUR, absent, 1);
  await catalogue.follow(LATE + HOUR, LATE);
  expect(absent.every((region) => has(region, LATE + HOUR))).toBe(true);
  expect([has(many[0], EARLY), has(many[0], LATE)]).toEqual([false, true]);
  expect(catalogue.hasAny(many[8000], LATE)).toBe(false);
});
