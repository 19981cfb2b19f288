import type { FastifyInstance } from 'fastify';
import { PlatformError } from './platform-errors.js';

export interface UploadBudgetSettings {
  /** Bytes of request bodies that may be on their way into memory at once. */
  readonly maxBytes: number;
  /** What a body of unannounced length counts as: the most that is read of one. */
  readonly bodyLimit: number;
}

/**
 * Bounds the memory of bodies that are being received: a flood of slow uploads is answered with 503 and `Retry-After`,
 * before anything of them is read, while those that were let in go on.
 */
export function installUploadBudget(fastify: FastifyInstance, settings: UploadBudgetSettings): void {
  let reserved = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    const bytes = announcedBytes(request.headers, settings.bodyLimit);
    if (bytes === 0) return done();
    if (reserved + bytes > settings.maxBytes) return done(new PlatformError('unavailable'));
    reserved += bytes;
    reply.raw.once('close', () => (reserved -= bytes));
    done();
  });
}

/** A longer body than the limit is refused by its length alone. */
function announcedBytes(headers: Readonly<Record<string, unknown>>, bodyLimit: number): number {
  if (headers['transfer-encoding'] !== undefined) return bodyLimit;
  const length = Number(headers['content-length'] ?? 0);
  return length <= bodyLimit ? length : 0;
}
