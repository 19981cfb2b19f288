import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';

export interface AdmissionSettings {
  /** Throws what the request is to be answered with. Gets the client's address, which it must not keep. */
  readonly admit: (address: string) => void;
  /** Bytes of a refused body that are read before the answer. */
  readonly bodyLimit: number;
}

/**
 * Asks, before anything of a public write is looked at, whether its network may send one. Public writes are the routes whose answers
 * are alike (`equalAnswer`); so is this refusal: it leaves when the whole body has come, as the others do.
 *
 * To be installed before the body parsers: 429 comes before 415 and 413 (protocol section 9).
 */
export function installAdmission(fastify: FastifyInstance, { admit, bodyLimit }: AdmissionSettings): void {
  // Not in onRequest: there the headers that let apps in browsers read the answer are still to come.
  fastify.addHook('preParsing', (request, _reply, body, done) => {
    if (request.method !== 'POST' || !request.routeOptions.config.equalAnswer) return done(null, body);
    try {
      admit(request.ip);
    } catch (refusal) {
      return void passed(request.raw, bodyLimit).then(() => {
        request.receivedAt = performance.now();
        done(refusal as Error);
      });
    }
    done(null, body);
  });
}

/** Resolves when the body has passed, without keeping any of it, or is longer than any valid one, or will not come. */
async function passed(body: IncomingMessage, limit: number): Promise<void> {
  if (body.destroyed) return;
  let bytes = 0;
  await new Promise<void>((resolve) => {
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) resolve();
    });
    for (const event of ['end', 'close', 'error']) body.once(event, () => resolve());
  });
}
