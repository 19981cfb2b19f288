import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { hasBody } from './upload-budget.js';

const LOOK_MS = 500;

export interface UploadPaceSettings {
  /** How often it is looked whether enough has come. */
  readonly windowMs: number;
  /** Bytes that have to come in each window while a body is not complete. */
  readonly leastBytes: number;
}

interface Arrival {
  readonly socket: Socket;
  windowStart: number;
  /** What the socket had received when the window began. */
  before: number;
}

/** Cuts connections whose request bodies trickle: without this, who sends a byte now and then holds one open for minutes. */
export function installUploadPace(fastify: FastifyInstance, { windowMs, leastBytes }: UploadPaceSettings): void {
  const arrivals = new Set<Arrival>();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request.headers)) {
      const { socket } = request.raw;
      const arrival = { socket, windowStart: performance.now(), before: socket.bytesRead };
      arrivals.add(arrival);
      for (const event of ['end', 'close']) request.raw.once(event, () => arrivals.delete(arrival));
      reply.raw.once('close', () => arrivals.delete(arrival));
    }
    done();
  });
  const timer = setInterval(look, Math.min(LOOK_MS, windowMs)).unref();
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });

  function look(): void {
    const now = performance.now();
    for (const arrival of arrivals) {
      if (now - arrival.windowStart < windowMs) continue;
      const received = arrival.socket.bytesRead;
      if (received - arrival.before < leastBytes) arrival.socket.destroy();
      arrival.windowStart = now;
      arrival.before = received;
    }
  }
}
