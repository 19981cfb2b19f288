import { maxAge } from '../support/http-client.js';
import { randomCens } from '../support/packed-report.js';
import { indexOf } from '../support/published.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const DAY = 86_400;
const MIDNIGHT = Math.floor(NOON / DAY) * DAY;

let one: TestServer;
let two: TestServer;
beforeAll(async () => {
  one = await startTestServer();
  await one.seal();
  two = await startTestServer({ replicaOf: one });
});
afterAll(async () => {
  await two.close();
  await one.close();
});

async function both(path: string) {
  return Promise.all([one.get(path), two.get(path)]);
}

/** NOTIFY takes a moment. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('the other replica has not noticed');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('two replicas', () => {
  it('serve identical bytes, and indexes with the same ETag, whichever of them took the reports and sealed', async () => {
    const numbers = await one.mint(4);
    for (const [index, number] of numbers.entries()) {
      const taking = index % 2 === 0 ? one : two;
      expect((await taking.report({ number, groups: [{ cell: 0n, cens: randomCens(3) }] })).status).toBe(202);
      await one.moveClock(index === 3 ? DAY : 3600);
      expect(await (index % 2 === 0 ? two : one).seal()).toMatchObject({ kind: 'sealed' });
    }
    await until(async () => maxAge(await one.get('/v1/regions/world')) > 5);
    const [first, second] = await both('/v1/regions/world');
    expect(first!.headers['etag']).toBe(second!.headers['etag']);
    expect(first!.body.equals(second!.body)).toBe(true);
    const { batches, days } = indexOf(first!);
    expect([batches.length, days.length]).toEqual([4, 1]);
    for (const { encodings } of [...batches, ...days]) {
      for (const { url, sha256 } of Object.values(encodings)) {
        const [here, there] = await both(url);
        expect(here!.body.equals(there!.body)).toBe(true);
        expect([here!.headers['etag'], there!.headers['etag']]).toEqual([`"${sha256}"`, `"${sha256}"`]);
        expect((await two.get(url, { 'if-none-match': `"${sha256}"` })).status).toBe(304);
      }
    }
    const [keysHere, keysThere] = await both('/v1/keys');
    expect(keysHere!.headers['etag']).toBe(keysThere!.headers['etag']);
  });

  it('both see at once that the clock was moved, and that a sealing is due', async () => {
    await one.moveClockTo(MIDNIGHT + 3 * DAY + 600);
    await until(async () => maxAge(await two.get('/v1/regions/world')) <= 5);
    expect(maxAge(await one.get('/v1/regions/world'))).toBeLessThanOrEqual(5);
    await one.seal();
    await until(async () => maxAge(await two.get('/v1/regions/world')) > 5);
  });
});

describe('an index before anything was ever sealed', () => {
  it('may be kept for five seconds at most: the first sealing is due', async () => {
    const fresh = await startTestServer();
    try {
      expect(maxAge(await fresh.get('/v1/regions/world'))).toBeLessThanOrEqual(5);
      await fresh.seal();
      expect(maxAge(await fresh.get('/v1/regions/world'))).toBeGreaterThan(5);
    } finally {
      await fresh.close();
    }
  });
});
