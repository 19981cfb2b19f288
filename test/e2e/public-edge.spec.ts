import { DayBundleRepository } from '../../src/cens/batches/day-bundle.repository.js';
import { Database } from '../../src/platform/database/index.js';
import { randomCens } from '../support/packed-report.js';
import { sealNextSlot } from '../support/publication.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;
const SLOT = NOON - 600;
const CELL = '831f8dfffffffff';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.seal();
});
afterAll(() => server.close());
afterEach(() => jest.restoreAllMocks());

async function publish(): Promise<void> {
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell: 0n, cens: randomCens(1) }] })).status).toBe(202);
  expect(await sealNextSlot(server)).toMatchObject({ batches: 1 });
}

const urlOf = (start: number, part = 0, region = 'world') => `/v1/regions/${region}/batches/${start}-${part}.compact`;

/** The statuses of some requests, and how many queries about batches they cost. */
async function cost(paths: string[]): Promise<{ statuses: number[]; queries: number }> {
  const query = jest.spyOn(server.app.get(Database).pool, 'query');
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await server.get(path)).status);
  const queries = query.mock.calls.filter(([sql]) => /FROM batch/.test(String(sql))).length;
  query.mockRestore();
  return { statuses, queries };
}

test('made-up names of batches cost a query each', async () => {
  await publish();
  await server.get(urlOf(SLOT));
  const made = [
    ...[1, 2, 254].map((part) => urlOf(SLOT, part)),
    ...[1, 2, 3].map((hours) => urlOf(SLOT - hours * HOUR)),
    ...[1, 60, 1800].map((seconds) => urlOf(SLOT + seconds)),
    urlOf(SLOT + HOUR),
    urlOf(SLOT, 0, CELL),
    urlOf(SLOT, 0, CELL).replace('compact', 'json'),
  ];
  expect(await cost(made)).toEqual({ statuses: made.map(() => 404), queries: 0 });
  expect(await cost([urlOf(SLOT)])).toEqual({ statuses: [200], queries: 0 });
});

test('a batch that another replica has sealed is there at once, whatever was asked before', async () => {
  const other = await startTestServer({ replicaOf: server });
  try {
    const next = (await server.rows<{ start: string }>('SELECT max(start)::text AS start FROM sealed_slot'))[0]!;
    const start = Number(next.start) + HOUR;
    expect((await other.get(urlOf(start))).status).toBe(404);
    await publish();
    expect((await other.get(urlOf(start))).status).toBe(200);
  } finally {
    await other.close();
  }
});

test('answers that are the same for each origin made caches keep one for every site', async () => {
  const headers = { origin: 'https://app.example' };
  for (const path of ['/v1', '/v1/keys', '/v1/regions/world', urlOf(SLOT), urlOf(1)]) {
    const answer = await server.get(path, headers);
    expect([path, answer.headers['access-control-allow-origin'], answer.headers['vary']]).toEqual([
      path,
      '*',
      undefined,
    ]);
  }
});

test('metrics were open to everybody behind a proxy on the same machine that nobody had told the server of', async () => {
  expect((await server.get('/metrics')).status).toBe(200);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
    expect((await server.get('/metrics', { [name]: '127.0.0.1' })).status).toBe(403);
  }
});

test('reading where reports are sent to looked as if there was nothing', async () => {
  const answer = await server.get('/v1/reports');
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'method-not-allowed' });
});

test('the pages beside the console shared its origin and might run and load anything, and be framed', async () => {
  for (const path of ['/docs', '/docs/', '/docs/swagger-ui-init.js', '/problems', '/problems/not-found']) {
    const { headers } = await server.get(path);
    expect([path, headers['content-security-policy']]).toEqual([
      path,
      expect.stringMatching(/script-src 'self';.*frame-ancestors 'none'/),
    ]);
  }
  expect((await server.get('/docs')).body.toString()).not.toMatch(/<script(?![^>]* src=)|\son\w+=/);
});

test('made-up names of days cost a query each', async () => {
  const find = jest.spyOn(server.app.get(DayBundleRepository), 'find');
  const day = (days: number) => new Date((SLOT - days * 86_400) * 1000).toISOString().slice(0, 10);
  for (const region of ['8001fffffffffff', '8003fffffffffff', 'world'])
    for (const days of [0, 5, 10])
      expect((await server.get(`/v1/regions/${region}/days/${day(days)}.compact`)).status).toBe(404);
  expect(find).not.toHaveBeenCalled();
});
