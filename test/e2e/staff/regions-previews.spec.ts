import { Regions, WORLD } from '../../../src/regions/index.js';
import type { PreviewDocument, VolumesDocument } from '../../../src/operations/volumes/volumes.schema.js';
import { randomCens } from '../../support/packed-report.js';
import { sealNextSlot } from '../../support/publication.js';
import { NOON, type TestServerOptions } from '../../support/test-server.js';
import { parse, StaffServer } from './staff-fixture.js';

const DAY = 86_400;
const MIDNIGHT = Math.floor(NOON / DAY) * DAY + DAY;

const regions = new Regions();
const below = (cells: readonly bigint[]) => cells.flatMap((cell) => regions.children(cell));
const cells = below(below(below([WORLD])));

let staff: StaffServer;

async function start(options: TestServerOptions): Promise<void> {
  staff = await StaffServer.start(options);
  await staff.server.seal();
}
afterEach(() => staff.close());

/** An operator who has just signed in: a session ends when the clock moves on. */
async function preview(body: object): Promise<PreviewDocument> {
  const operator = await staff.operator();
  const answer = await operator.browser.send('POST', '/admin/v1/regions/preview', body);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  return parse<PreviewDocument>(answer);
}

async function look(): Promise<VolumesDocument> {
  const operator = await staff.operator();
  return parse<VolumesDocument>(await operator.browser.send('GET', '/admin/v1/regions'));
}

describe('of a small system, whose only batches are filled up with decoys', () => {
  beforeEach(async () => {
    await start({ settings: { MIN_BATCH_CENS: '1000', SPLIT_ABOVE: '1000', MIN_REPORTS: '1' } });
    const [number] = await staff.server.mint(1);
    await staff.server.report({ number, groups: [{ cell: cells[0], cens: randomCens(7) }] });
    await sealNextSlot(staff.server);
  });

  it('finer settings are not called exact: nothing tells how many CENs there were, and where', async () => {
    const { estimated, untold, preview: finer } = await preview({ splitAbove: 200 });
    expect([estimated, untold, finer.regions]).toEqual([true, 1, 1]);
  });

  it('coarser settings surely change nothing', async () => {
    const { estimated, untold, current, preview: coarser } = await preview({ splitAbove: 5000 });
    expect([estimated, untold]).toEqual([false, 0]);
    expect(coarser).toEqual({ ...current, settings: { ...current.settings, splitAbove: 5000 } });
  });
});

it('leaves decoys out where people are counted', async () => {
  await start({ settings: { MIN_BATCH_CENS: '1000', SPLIT_ABOVE: '20', MIN_REPORTS: '1' } });
  for (const cell of [WORLD, cells[0], cells[0]]) {
    const [number] = await staff.server.mint(1);
    await staff.server.report({ number, groups: [{ cell, cens: randomCens(15) }] });
  }
  await sealNextSlot(staff.server);
  const { regions: shown, depth } = await look();
  expect(shown.map(({ resolution }) => resolution)).toEqual([-1, 2]);
  expect(shown[0].days[0].cens).toBeGreaterThanOrEqual(1000);
  expect(depth).toEqual({ deepest: 2, median: 2 });
});

it('has bytes after midnight also where what it looks at begins in the middle of a finished day', async () => {
  await start({ at: MIDNIGHT + 600 });
  const wide = cells.slice(0, 2100).map(String);
  const yesterday = MIDNIGHT - DAY;
  const { server } = staff;
  await server.rows(
    `INSERT INTO batch (slot_start, region, part, slot_seconds, count, sealed_at, compact_sha256, compact_bytes)
     SELECT start, region, 0, 3600, 20, start + 3600, '', 100
     FROM unnest($1::bigint[]) region, generate_series($2::bigint, $2::bigint + 82800, 3600) start`,
    [wide, yesterday],
  );
  await server.rows(
    `INSERT INTO day_bundle (day, region, count, batches, compact_bytes, compact_sha256)
     SELECT (to_timestamp($2::float8) AT TIME ZONE 'UTC')::date, region, 480, 24, 2400, '' FROM unnest($1::bigint[]) region`,
    [wide, yesterday],
  );
  await server.rows(
    `INSERT INTO sealed_slot (start, sealed_at) SELECT start, to_timestamp(start + 3600)
     FROM generate_series($1::bigint, $1::bigint + 79200, 3600) start`,
    [yesterday],
  );
  const { slots, current, preview: same } = await preview({ days: 2, splitAbove: 40_000 });
  // 50,000 pairs hold 23 of the 24 slots whole: they begin at one o'clock, and the day's bundle at midnight.
  expect(slots).toBe(23);
  expect(current.worldBytesPerDay).toBe(24 * wide.length * 100);
  expect(same.worldBytesPerDay).toBe(current.worldBytesPerDay);
});
