import { indexOf } from '../support/published.js';
import { maxAge } from '../support/http-client.js';
import { hexCens, randomCens } from '../support/packed-report.js';
import { readPublication, sealNextSlot } from '../support/publication.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;
const DAY = 86_400;
const MIDNIGHT = Math.floor(NOON / DAY) * DAY + DAY;

const servers: TestServer[] = [];

async function start(options: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.unshift(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function report(server: TestServer): Promise<string[]> {
  const cens = randomCens(2);
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell: 0n, cens }] })).status).toBe(202);
  return hexCens(cens).sort();
}

describe('at midnight', () => {
  it('no cache may keep an index any more, which may list what is now past retention, also while a sealing is late', async () => {
    const server = await start({ at: MIDNIGHT - 2 * HOUR });
    await server.seal();
    while ((await server.now()) % 1 > 0.2) await new Promise((resolve) => setTimeout(resolve, 10));
    await server.moveClockTo(MIDNIGHT - 1);
    const answer = await server.get('/v1/regions/world');
    const after = await server.now();
    expect(after).toBeLessThan(MIDNIGHT);
    expect(maxAge(answer)).toBe(0);
  });

  it('a shorter SLOT_SECONDS stops no sealing and adds nothing to a day that has its bundle', async () => {
    const hourly = await start({ at: MIDNIGHT - 2 * HOUR + 60 });
    await hourly.seal();
    const first = await report(hourly);
    await sealNextSlot(hourly);
    await sealNextSlot(hourly);
    const bundled = indexOf(await hourly.get('/v1/regions/world')).days;
    expect(bundled.map(({ batches }) => batches)).toEqual([1]);

    const often = await start({ replicaOf: hourly, settings: { SLOT_SECONDS: '300' } });
    const second = await report(often);
    // A minute past midnight the slot that has ended last is one of yesterday, behind that day's bundle.
    expect(await often.seal()).toEqual({ kind: 'not-due' });
    expect(await sealNextSlot(often)).toMatchObject({ kind: 'sealed', slot: MIDNIGHT, reports: 1 });
    expect(indexOf(await often.get('/v1/regions/world')).days).toEqual(bundled);
    expect((await readPublication(often)).map(({ cens }) => cens)).toEqual([first, second]);
  });
});
