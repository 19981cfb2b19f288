import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DomainClock } from '../../platform/clock/index.js';
import { PublishedFiles } from './published-files.js';
import { sendIfNotModified } from './send-file.js';

/**
 * Answers before the controller whether a file that is known has changed: it has not. What Nest does for each route (guards,
 * pipes, a promise for each) is a third of the time of such an answer (ADR 19). Headers come from where the controller's come
 * from, and whatever is not as simple is left to that.
 */
@Injectable()
export class Revalidations implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly files: PublishedFiles,
    private readonly clock: DomainClock,
  ) {}

  /** Behind the hooks of the application: the headers that they add are on these answers, too. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', (request, reply, done) => {
      const { method, url, headers } = request;
      const mayBeKnown = headers['if-none-match'] !== undefined && (method === 'GET' || method === 'HEAD');
      const file = mayBeKnown ? this.files.known(url) : undefined;
      if (file === undefined || !sendIfNotModified(request, reply, file, this.clock.now())) done();
    });
  }
}
