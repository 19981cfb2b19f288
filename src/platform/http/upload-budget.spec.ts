import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { errorCode } from './error-code.js';
import { installUploadBudget } from './upload-budget.js';

const BODY = 1000;

describe('the budget of uploads', () => {
  let fastify: FastifyInstance;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    fastify = Fastify({ bodyLimit: BODY });
    installUploadBudget(fastify, { maxBytes: 2 * BODY, bodyLimit: BODY });
    fastify.addContentTypeParser('text/x', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    fastify.setErrorHandler((error, _request, reply) =>
      reply.status(errorCode(error) === 'unavailable' ? 503 : 500).send(),
    );
    fastify.post('/', async (request) => ({ received: (request.body as Buffer).length }));
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(async () => {
    sockets.splice(0).forEach((socket) => socket.destroy());
    await fastify.close();
  });

  /** Announces a body and sends none of it. */
  async function stall(): Promise<Socket> {
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/x\r\nContent-Length: ${BODY}\r\n\r\n`);
    await sleep(100);
    return socket;
  }

  const upload = () =>
    fetch(`http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/`, {
      method: 'POST',
      headers: { 'content-type': 'text/x' },
      body: 'a'.repeat(BODY),
    });

  it('refuses what would not fit beside stalled uploads, and takes it when one of them has gone', async () => {
    await stall();
    const second = await stall();
    expect((await upload()).status).toBe(503);

    second.destroy();
    await sleep(100);
    expect((await upload()).status).toBe(200);
  });

  it('gives back what an answered upload had taken', async () => {
    for (let round = 0; round < 5; round++) expect((await upload()).status).toBe(200);
  });
});
