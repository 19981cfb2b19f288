import { renameSync } from 'node:fs';
import { KeyRingWatch } from '../../src/platform/keys/key-ring-watch.js';
import { randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE_MS = 60_000;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.seal();
});
afterAll(() => server.close());
afterEach(() => jest.restoreAllMocks());

const alerts = async () => (await server.get('/health/ready')).body.toString();

test('a replica that could not read the key ring any more took reports under a key that others had destroyed', async () => {
  const { path } = server.keyRing;
  const watch = server.app.get(KeyRingWatch, { strict: false });
  const [number] = await server.mint(1);
  const report = { number, groups: [{ cell: 0n, cens: randomCens(1) }] };
  renameSync(path, `${path}.away`);
  watch.look();
  expect(await alerts()).not.toContain('keys-stale');

  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 16 * MINUTE_MS);
  watch.look();
  const refused = await server.report(report);
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
  expect(await alerts()).toContain('keys-stale');
  // What is published can still be read.
  expect((await server.get('/v1/regions/world')).status).toBe(200);

  renameSync(`${path}.away`, path);
  watch.look();
  expect((await server.report(report)).status).toBe(202);
  expect(await alerts()).not.toContain('keys-stale');
});
