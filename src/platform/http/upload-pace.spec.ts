import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { installUploadPace } from './upload-pace.js';

const PACE = { windowMs: 2000, leastBytes: 1000 };
const LENGTH = 6000;

describe('the pace of uploads', () => {
  let fastify: FastifyInstance;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    fastify = Fastify();
    installUploadPace(fastify, PACE);
    fastify.addContentTypeParser('text/x', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    fastify.post('/', async () => 'received');
    fastify.post('/slow', () => sleep(2 * PACE.windowMs).then(() => 'received'));
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });

  afterAll(async () => {
    sockets.forEach((socket) => socket.destroy());
    await fastify.close();
  });

  async function begin(path: string): Promise<{ socket: Socket; end: Promise<string> }> {
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    const end = new Promise<string>((resolve) => {
      socket.once('data', (answer: Buffer) => resolve(answer.toString('latin1').slice(0, 12)));
      socket.once('error', () => resolve('cut'));
      socket.once('close', () => resolve('cut'));
    });
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/x\r\nContent-Length: ${LENGTH}\r\n\r\n`);
    return { socket, end };
  }

  it('cuts a body that trickles, and one that stops after a fast start', async () => {
    const trickling = await begin('/');
    const drip = setInterval(() => trickling.socket.writable && trickling.socket.write('a'), 50);
    const stopped = await begin('/');
    stopped.socket.write('a'.repeat(LENGTH - 1));
    expect(await Promise.all([trickling.end, stopped.end])).toEqual(['cut', 'cut']);
    clearInterval(drip);
  });

  it('lets a body come that takes several windows, each with enough of it', async () => {
    const { socket, end } = await begin('/');
    for (let piece = 0; piece < 12; piece++) {
      await sleep(PACE.windowMs / 8);
      socket.write('a'.repeat(LENGTH / 12));
    }
    expect(await end).toBe('HTTP/1.1 200');
  });

  it('does not count the time that an answer takes', async () => {
    const { socket, end } = await begin('/slow');
    socket.write('a'.repeat(LENGTH));
    expect(await end).toBe('HTTP/1.1 200');
  });
});
