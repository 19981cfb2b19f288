import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { describeError } from '../logging/index.js';
import { DomainError } from './domain-error.js';
import { errorCode } from './error-code.js';
import { PROBLEM_MEDIA_TYPE, problemDocument, type ProblemTable } from './problem.js';

/** Seconds after which a client may try again when the database is out of reach. */
const RETRY_AFTER_SECONDS = 5;

/** Turns whatever was thrown into the one problem document that the table names for it; a 5xx says nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly table: ProblemTable) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answer(thrown, host.switchToHttp().getResponse<FastifyReply>());
  }

  answer(thrown: unknown, reply: FastifyReply): void {
    const code = errorCode(thrown);
    const definition = this.table[code] ?? this.table['internal-error'];
    const error = thrown instanceof DomainError ? thrown : undefined;
    if (definition.status >= 500) this.logger.error({ problem: code, ...describeError(thrown) });
    if (definition.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS));
    void reply
      .headers({ 'cache-control': 'no-store', ...error?.headers })
      .status(definition.status)
      .type(PROBLEM_MEDIA_TYPE)
      .send(JSON.stringify(problemDocument(code, definition, error)));
  }
}
