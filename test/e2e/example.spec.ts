import { runNode } from '../support/child-process.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** The example has the clock of its machine, so the server's must agree with it. */
const NOW = Math.floor(Date.now() / 1000);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ at: NOW, settings: { MIN_REPORTS: '1', MIN_BATCH_CENS: '100' } });
});
afterAll(async () => server.close());

async function runExample(...args: string[]): Promise<string[]> {
  const url = `http://127.0.0.1:${server.port}`;
  const example = runNode(['client/example/sync-and-report.mjs', url, server.keyRing.rootPublicKey(), ...args]);
  const { code, stdout, stderr } = await example.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim().split('\n');
}

describe("the client's example", () => {
  it('reports with a number, and syncs what was sealed', async () => {
    const [number] = await server.mint(1);
    expect(await runExample(number)).toEqual(['report: accepted', 'sync: 0 matches in 0 CENs, 0 files not handled']);

    expect(await server.seal()).toMatchObject({ kind: 'sealed', reports: 1 });
    expect((await runExample()).at(-1)).toMatch(/^sync: 0 matches in 1\d\d CENs, 0 files not handled$/);
  });
});
