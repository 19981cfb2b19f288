import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { packReport, randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const LARGEST_BODY = 748_203;
const ATTACKER = '203.0.113.9';
const PHONE = '192.0.2.1';

let server: TestServer;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startTestServer({ settings: { TRUSTED_PROXY_HOPS: '1' } });
});
afterAll(() => server.close());
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

/** So many reports, of which only a part comes. */
async function stall(count: number, path: string, sent: number): Promise<void> {
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${ATTACKER}\r\nContent-Length: ${LARGEST_BODY}\r\n`;
  const type = path.startsWith('/admin') ? 'application/json' : 'application/vnd.cen.report';
  const begun = Array.from({ length: count }, async () => {
    const socket = connect(server.port, '127.0.0.1');
    sockets.push(socket);
    // Refused, or cut at the end.
    socket.on('error', () => undefined).resume();
    await once(socket, 'connect');
    socket.write(`${head}Content-Type: ${type}\r\n\r\n`);
    socket.write(Buffer.alloc(sent));
  });
  await Promise.all(begun);
  await sleep(500);
}

async function upload(address: string): Promise<number> {
  const [number] = await server.mint(1);
  const body = packReport([{ cell: 0n, cens: randomCens(5000) }]);
  return (await server.report({ number, body, headers: { 'x-forwarded-for': address } })).status;
}

/** With a name that nobody has: 401 says that it was looked up. */
async function signIn(address: string): Promise<number> {
  const body = JSON.stringify({ login: 'nobody', password: 'four words nobody guesses' });
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  return (await server.request({ method: 'POST', path: '/admin/v1/session', headers, body })).status;
}

describe('a connection', () => {
  it('is not kept for ever by a request that never ends, nor by silence: Fastify sets no limit by itself', () => {
    const { requestTimeout, headersTimeout, timeout } = server.app.getHttpServer() as Server;
    for (const limit of [requestTimeout, headersTimeout, timeout]) {
      expect(limit).toBeGreaterThan(0);
      expect(limit).toBeLessThanOrEqual(120_000);
    }
  });
});

describe('a single machine', () => {
  it('stops nobody with uploads that it only announces, not even its neighbours', async () => {
    await stall(400, '/v1/reports', 1);
    expect(await upload(PHONE)).toBe(202);
    expect(await upload(ATTACKER)).toBe(202);
    expect(await signIn(PHONE)).toBe(401);
  });

  it('fills up the share of its own network with uploads that it never ends, and stops nobody else', async () => {
    for (const bytes of [500_000, 10_000]) await stall(70, '/v1/reports', bytes);
    expect(await upload(ATTACKER)).toBe(503);
    expect(await upload(PHONE)).toBe(202);
    expect(await signIn(ATTACKER)).toBe(401);
  });

  it('does not keep staff of other networks out with sign-ins that it never ends', async () => {
    for (const bytes of [500_000, 20_000, 1000, 1]) await stall(25, '/admin/v1/session', bytes);
    expect(await signIn(ATTACKER)).toBe(503);
    expect(await signIn(PHONE)).toBe(401);
    expect(await upload(ATTACKER)).toBe(202);
  });
});
