import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** What is known of an answered request that may be kept: the route's pattern, never the path, an address or an agent. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Logs each answered request at level debug and hands it to `observe` (for metrics). */
export function installAccessLog(fastify: FastifyInstance, observe: (answered: AnsweredRequest) => void): void {
  const logger = new Logger('Http');
  fastify.addHook('onResponse', (request, reply, done) => {
    const answered = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    };
    logger.debug({ event: 'answered', ...answered });
    observe(answered);
    done();
  });
}
