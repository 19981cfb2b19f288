import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** What is known of an answered request that may be kept: the route's pattern, never the path, an address or an agent. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export type AnswerObserver = (answered: AnsweredRequest) => void;

/** Tells each of `observers` of each answered request. */
export function installAnswerObservers(fastify: FastifyInstance, observers: readonly AnswerObserver[]): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const answered = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    };
    for (const observe of observers) observe(answered);
    done();
  });
}

/** Logs at level debug. Not to be installed at another: a line that Nest drops costs as much as the metrics. */
export function accessLog(): AnswerObserver {
  const logger = new Logger('Http');
  return (answered) => logger.debug({ event: 'answered', ...answered });
}
