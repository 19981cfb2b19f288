import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { errorCode } from './error-code.js';
import { installUploadBudget } from './upload-budget.js';

const BODY = 10_000;
/** Two bodies of each network, with what their pieces cost; three in all. */
const OF_NETWORK = 2.5 * BODY;
const IN_ALL = 3.5 * BODY;

describe('the budget of uploads', () => {
  let fastify: FastifyInstance;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    fastify = Fastify({ bodyLimit: 20 * BODY, trustProxy: true });
    installUploadBudget(fastify, {
      maxBytes: IN_ALL,
      maxBytesOfNetwork: OF_NETWORK,
      apart: { prefix: '/admin', maxBytes: 1.5 * BODY, maxBytesOfNetwork: 1.5 * BODY },
    });
    fastify.addContentTypeParser('text/x', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    fastify.setErrorHandler((error, _request, reply) =>
      reply.status(errorCode(error) === 'too-busy' ? 503 : 500).send(),
    );
    for (const path of ['/', '/admin/x'])
      fastify.post(path, async (request) => ({ received: (request.body as Buffer).length }));
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.destroy());
    await fastify.close();
  });

  const port = () => (fastify.server.address() as AddressInfo).port;

  /** Announces one byte more than it sends. */
  async function stall(address: string, sent = BODY, path = '/', announced = sent + 1): Promise<Socket> {
    const socket = connect(port(), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nContent-Type: text/x\r\n`;
    socket.write(`${head}Content-Length: ${announced}\r\n\r\n${'a'.repeat(sent)}`);
    await sleep(100);
    return socket;
  }

  const upload = async (address: string, path = '/', length = BODY) =>
    (
      await fetch(`http://127.0.0.1:${port()}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'text/x', 'x-forwarded-for': address },
        body: 'a'.repeat(length),
      })
    ).status;

  it('gives one network its share, refuses it what is more, and takes it when something has gone', async () => {
    await stall('192.0.2.1');
    const second = await stall('192.0.2.2');
    expect(await upload('192.0.2.3')).toBe(503);
    expect(await upload('198.51.100.1')).toBe(200);

    second.destroy();
    await sleep(100);
    expect(await upload('192.0.2.3')).toBe(200);
  });

  it('refuses what would not fit beside the uploads of all networks', async () => {
    await stall('192.0.2.1');
    await stall('198.51.100.1');
    await stall('203.0.113.1');
    expect(await upload('2001:db8::1')).toBe(503);
  });

  it('counts what has come, not what is announced', async () => {
    for (let one = 0; one < 20; one++) await stall('192.0.2.1', 1, '/', 20 * BODY);
    expect(await upload('192.0.2.1')).toBe(200);
  });

  it('counts bytes that are sent one by one for what they cost', async () => {
    const socket = await stall('192.0.2.1', 1, '/', BODY);
    socket.setNoDelay(true);
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    for (let byte = 0; byte < 200 && socket.writable; byte++) {
      socket.write('a');
      await sleep(1);
    }
    expect((await answered)[0].toString('latin1')).toMatch(/^HTTP\/1.1 503 /);
  });

  it('has another one for staff, who get in while nobody else does', async () => {
    await stall('192.0.2.1');
    await stall('192.0.2.1');
    await stall('198.51.100.1');
    expect(await upload('192.0.2.1')).toBe(503);
    expect(await upload('192.0.2.1', '/admin/x')).toBe(200);

    await stall('192.0.2.1', BODY, '/admin/x');
    expect(await upload('198.51.100.9', '/admin/x')).toBe(503);
  });

  it('refuses a single body that is too large for it in the middle, and has it all back then', async () => {
    expect(await upload('192.0.2.1', '/', 5 * BODY)).toBe(503);
    expect(await upload('192.0.2.1', '/', 2 * BODY)).toBe(200);
  });

  it('gives back what an answered upload had taken, also of a media type that nobody reads', async () => {
    for (let round = 0; round < 5; round++) {
      expect(await upload('192.0.2.1')).toBe(200);
      const response = await fetch(`http://127.0.0.1:${port()}/`, {
        method: 'POST',
        headers: { 'content-type': 'text/unknown' },
        body: 'a'.repeat(5 * BODY),
      });
      expect(response.status).toBe(500);
    }
  });
});
