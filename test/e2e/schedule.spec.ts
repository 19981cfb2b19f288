import { maxAge } from '../support/http-client.js';
import { hexCens, randomCens } from '../support/packed-report.js';
import { readPublication } from '../support/publication.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const SLOT_SECONDS = 2;
const PATIENCE_MS = 20_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { ROLES: 'public,admin,worker', SLOT_SECONDS: String(SLOT_SECONDS) } });
});
afterAll(() => server.close());

describe('a worker', () => {
  it('seals at the end of each slot by itself, and an index never outlives the next slot', async () => {
    const [number] = await server.mint(1);
    const cens = randomCens(3);
    expect((await server.report({ number, groups: [{ cell: 0n, cens }] })).status).toBe(202);
    const deadline = Date.now() + PATIENCE_MS;
    let published: string[] = [];
    while (published.length === 0 && Date.now() < deadline) {
      expect(maxAge(await server.get('/v1/regions/world'))).toBeLessThanOrEqual(5);
      published = (await readPublication(server)).flatMap((batch) => batch.cens);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(published).toEqual(hexCens(cens).sort());
    const slots = await server.rows<{ start: string }>('SELECT start FROM sealed_slot ORDER BY start');
    expect(slots.every(({ start }) => Number(start) % SLOT_SECONDS === 0)).toBe(true);
  });

  it('settles the day of a slot that it has sealed', async () => {
    const settled = () =>
      server.rows(
        `SELECT FROM pg_stat_user_tables WHERE relname ~ '^batch(_piece)?_[0-9]{8}$' AND n_live_tup > 0 AND vacuum_count > 0`,
      );
    const deadline = Date.now() + PATIENCE_MS;
    while ((await settled()).length < 2 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await settled()).length).toBeGreaterThanOrEqual(2);
  });
});
