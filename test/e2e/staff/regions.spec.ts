import { cellToParent, latLngToCell } from 'h3-js';
import { indexOf } from '../../support/published.js';
import { randomCens } from '../../support/packed-report.js';
import { NOON, type TestServer } from '../../support/test-server.js';
import type { PreviewDocument, VolumesDocument } from '../../../src/operations/volumes/volumes.schema.js';
import { codeOf, parse, type Person, StaffServer } from './staff-fixture.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const [vienna, graz, tokyo] = [
  [48.2, 16.37],
  [47.07, 15.44],
  [35.7, 139.7],
].map(([latitude, longitude]) => latLngToCell(latitude, longitude, 3));

let staff: StaffServer;
let server: TestServer;
let operator: Person;

beforeAll(async () => {
  // Nothing waits, so that one slot shows all.
  const settings = { MIN_REPORTS: '2', SPLIT_ABOVE: '20', WORLD_MAX_HOLD_SECONDS: '0' };
  staff = await StaffServer.start({ settings });
  server = staff.server;
  await server.seal();
  await reports(vienna, 10, 11, 12, 13);
  await reports(graz, 15, 16, 17);
  await reports(tokyo, 1);
  await server.moveClock(HOUR);
  await server.seal();
  operator = await staff.operator();
});
afterAll(() => staff.close());

async function reports(cell: string, ...sizes: number[]): Promise<void> {
  for (const size of sizes) {
    const [number] = await server.mint(1);
    const groups = [{ cell: BigInt(`0x${cell}`), cens: randomCens(size) }];
    expect((await server.report({ number, groups })).status).toBe(202);
  }
}

async function look(query = ''): Promise<VolumesDocument> {
  const answer = await operator.browser.send('GET', `/admin/v1/regions${query}`);
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
  return parse<VolumesDocument>(answer);
}

async function preview(body: object): Promise<PreviewDocument> {
  const answer = await operator.browser.send('POST', '/admin/v1/regions/preview', body);
  expect(answer.status).toBe(200);
  return parse<PreviewDocument>(answer);
}

const censOf = ({ regions }: VolumesDocument): Record<string, number> =>
  Object.fromEntries(regions.map(({ region, days }) => [region, days.reduce((sum, { cens }) => sum + cens, 0)]));

/** Bytes of a region's compact batches, as its index lists them to phones. */
async function listedBytes(region: string): Promise<number> {
  const { batches } = indexOf(await server.get(`/v1/regions/${region}`));
  return batches.reduce((sum, { encodings }) => sum + encodings['compact']!.bytes, 0);
}

describe('the view of regions', () => {
  it('shows what each published, in words and on a map', async () => {
    const { regions, ...whole } = await look();
    expect(censOf({ ...whole, regions })).toEqual({ world: 1 + 10, [vienna]: 36, [graz]: 48 });
    expect(whole).toMatchObject({ from: '2031-03-04', to: '2031-03-10', slots: 2, omitted: 0 });
    expect(whole.settings).toEqual({ splitAbove: 20, minReports: 2, regionMaxResolution: 3 });
    const one = regions.find(({ region }) => region === vienna)!;
    expect(one).toMatchObject({ parent: cellToParent(vienna, 2), resolution: 3 });
    expect(one.label).toContain('Austria');
    expect(one.centre!.latitude).toBeCloseTo(48, 0);
    expect([5, 6]).toContain(one.outline!.length);
    expect(one.days).toEqual([{ date: '2031-03-10', batches: 1, cens: 36, bytes: await listedBytes(vienna) }]);
  });

  it('counts what a phone downloads there: its region and all above it, by the time that slots cover', async () => {
    const { regions, world } = await look();
    const bytes = Object.fromEntries(
      await Promise.all(['world', vienna, graz].map(async (region) => [region, await listedBytes(region)] as const)),
    );
    // Two slots of an hour: the day's rate is twelve times theirs.
    const path = regions.find(({ region }) => region === graz)!.path;
    expect(path.bytesPerDay).toBe(12 * (bytes['world']! + bytes[graz]!));
    expect(path.bytesPerMonth).toBe(30 * path.bytesPerDay);
    expect(world.bytesPerDay).toBe(12 * (bytes['world']! + bytes[vienna]! + bytes[graz]!));
  });

  it('tells how deep the split went, and how often the minimum moved something up', async () => {
    const { depth, floor } = await look();
    expect(depth).toEqual({ deepest: 3, median: 3 });
    // Tokyo had too few reports, and Vienna gave one away.
    expect(floor).toEqual({ slots: 1, moved: 2 });
  });

  it('leaves outlines out where they are not wanted', async () => {
    const { regions } = await look('?outline=false');
    expect(regions.map(({ outline }) => outline)).toEqual([undefined, undefined, undefined]);
  });

  it.each(['?days=0', '?days=22', '?days=x', '?outline=yes', '?day=7'])('refuses %s', async (query) => {
    const answer = await operator.browser.send('GET', `/admin/v1/regions${query}`);
    expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid-input']);
  });
});

describe('the preview of other settings', () => {
  it('finds for the present ones what there is', async () => {
    const { estimated, untold, slots, current, preview: same, regions } = await preview({});
    expect([estimated, untold, slots]).toEqual([false, 0, 1]);
    expect(same).toEqual(current);
    expect(current).toMatchObject({ regions: 3, deepest: 3 });
    expect(regions.map(({ region }) => region).sort()).toEqual([graz, vienna, 'world'].sort());
  });

  it('puts volumes together for coarser settings, without any assumption', async () => {
    const { estimated, preview: coarse, current, regions } = await preview({ regionMaxResolution: 0 });
    expect(estimated).toBe(false);
    expect(coarse).toMatchObject({ regions: 2, deepest: 0 });
    expect(regions.map(({ region }) => region).sort()).toEqual([cellToParent(vienna, 0), 'world'].sort());
    expect(coarse.medianBytesPerDay).toBeGreaterThan(current.medianBytesPerDay);

    const whole = await preview({ splitAbove: 1000 });
    expect(whole.estimated).toBe(false);
    expect(whole.preview).toMatchObject({ regions: 1, deepest: -1 });
    expect(whole.preview.medianBytesPerDay).toBe(whole.preview.worldBytesPerDay);
  });

  it('says that it estimates where it must know how many reported', async () => {
    expect((await preview({ minReports: 3 })).estimated).toBe(true);
  });

  it('touches nothing', async () => {
    const state = async () => [
      await server.rows('SELECT * FROM sealed_slot ORDER BY start'),
      await server.rows('SELECT slot_start, region, part, compact_sha256, xmin::text FROM batch ORDER BY 1, 2, 3'),
      server.config,
    ];
    const before = await state();
    await preview({ splitAbove: 1, minReports: 1, regionMaxResolution: 1 });
    expect(await state()).toEqual(before);
  });

  it.each([{ splitAbove: 0 }, { minReports: 1001 }, { regionMaxResolution: 4 }, { days: 22 }, { depth: 3 }])(
    'refuses %j',
    async (body) => {
      const answer = await operator.browser.send('POST', '/admin/v1/regions/preview', body);
      expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid-input']);
    },
  );
});

// Last: it moves on to the next day.
it('shows finished days beside the present one, as soon as a slot is sealed', async () => {
  await server.advanceTo(NOON + DAY);
  await reports(vienna, 30, 31);
  await server.moveClock(HOUR);
  await server.seal();
  // The old session has ended meanwhile.
  operator = await staff.operator();
  const { regions } = await look('?days=2');
  const days = (id: string) => regions.find(({ region }) => region === id)!.days.map(({ date, cens }) => [date, cens]);
  expect(days(vienna)).toEqual([
    ['2031-03-10', 36],
    ['2031-03-11', 61],
  ]);
  expect(days(graz)).toEqual([['2031-03-10', 48]]);
  expect((await look('?days=1')).regions.map(({ region }) => region)).toEqual([vienna]);
});
