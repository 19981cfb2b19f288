import type { Server } from 'node:http';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('a connection', () => {
  it('is not kept for ever by a request that never ends, nor by silence: Fastify sets no limit by itself', () => {
    const { requestTimeout, headersTimeout, timeout } = server.app.getHttpServer() as Server;
    for (const limit of [requestTimeout, headersTimeout, timeout]) {
      expect(limit).toBeGreaterThan(0);
      expect(limit).toBeLessThanOrEqual(120_000);
    }
  });
});
