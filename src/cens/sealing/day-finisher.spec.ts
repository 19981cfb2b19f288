import { randomBytes } from 'node:crypto';
import { indexOf, sha256Hex } from '../../../test/support/published.js';
import { NOON, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Database } from '../../platform/database/index.js';
import { type RegionId, Regions, WORLD } from '../../regions/index.js';
import { BatchRepository } from '../batches/batch.repository.js';

const HOUR = 3600;
const DAY = 86_400;
const TODAY = Math.floor(NOON / DAY) * DAY;
const MIDNIGHT = TODAY + DAY;
/** More than what Postgres hashes in one statement. */
const LARGE = 9 * 1024 * 1024;

const [small, large, lacking, largeLacking] = new Regions().children(WORLD);

interface Stored {
  readonly region: RegionId;
  readonly start: number;
  readonly part: number;
  readonly compact: Buffer;
  readonly full: Buffer | undefined;
}

const stored = (region: RegionId, hour: number, part: number, bytes: number, hasFull = true): Stored => {
  const full = hasFull ? randomBytes(bytes) : undefined;
  return { region, start: TODAY + hour * HOUR, part, compact: randomBytes(bytes / 4), full };
};

/** In no order. */
const BATCHES = [
  stored(small, 9, 1, 4000),
  stored(large, 20, 0, LARGE),
  stored(small, 20, 0, 40_000),
  stored(small, 9, 0, 400),
  stored(small, 0, 0, 4000),
  stored(large, 3, 0, LARGE),
  stored(lacking, 4, 0, 4000),
  stored(lacking, 2, 0, 4000, false),
  stored(largeLacking, 4, 0, 2 * LARGE),
  stored(largeLacking, 5, 0, 4000, false),
];

let server: TestServer;
/** Has not looked before: no sealing of its time stored the batches. */
let reader: TestServer;

beforeAll(async () => {
  server = await startTestServer({ at: MIDNIGHT - 2 * HOUR + 60 });
  await server.seal();
  const connection = await server.app.get(Database).connect();
  for (const { compact, full, ...name } of BATCHES) {
    const file = (bytes: Buffer) => ({
      pieces: [bytes],
      size: bytes.length,
      sha256: Buffer.from(sha256Hex(bytes), 'hex'),
    });
    await server.app.get(BatchRepository, { strict: false }).insert(connection, {
      ...name,
      slotSeconds: HOUR,
      count: compact.length,
      sealedAt: name.start + HOUR,
      compact: file(compact),
      full: full && file(full),
    });
  }
  await connection.end();
  await server.moveClockTo(MIDNIGHT + 60);
  expect(await server.seal()).toMatchObject({ kind: 'sealed', slot: MIDNIGHT - HOUR });
  reader = await startTestServer({ replicaOf: server });
});

afterAll(async () => {
  await reader.close();
  await server.close();
});

const inOrder = (region: RegionId) =>
  BATCHES.filter((batch) => batch.region === region).sort((a, b) => a.start - b.start || a.part - b.part);

describe.each([
  ['a region of small batches', small],
  ['a region that is too large for one statement', large],
  ['a region of which a batch has no full encoding', lacking],
  ['a large one of which a batch has no full encoding', largeLacking],
])('the bundle of %s', (_, region) => {
  it('is its batches of the day one after another, byte for byte', async () => {
    const batches = inOrder(region);
    const { days } = indexOf(await reader.get(`/v1/regions/${region.toString(16)}`));
    const count = batches.reduce((sum, { compact }) => sum + compact.length, 0);
    expect(days).toMatchObject([{ date: '2031-03-10', batches: batches.length, count }]);
    const files: Record<string, (Buffer | undefined)[]> = {
      compact: batches.map(({ compact }) => compact),
      full: batches.map(({ full }) => full),
    };
    for (const [encoding, parts] of Object.entries(files)) {
      const listed = days[0].encodings[encoding];
      const there = parts.filter((part) => part !== undefined);
      expect(listed !== undefined).toBe(there.length === parts.length);
      if (listed === undefined) continue;
      const { body } = await reader.get(listed.url);
      expect(body.equals(Buffer.concat(there))).toBe(true);
      expect([listed.bytes, listed.sha256]).toEqual([body.length, sha256Hex(body)]);
    }
  });
});

it('leaves no bundle twice and none out', async () => {
  const rows = await server.rows<{ region: string }>('SELECT region::text FROM day_bundle ORDER BY region');
  expect(rows.map(({ region }) => BigInt(region))).toEqual([small, large, lacking, largeLacking]);
});
