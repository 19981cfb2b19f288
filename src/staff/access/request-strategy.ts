import type { FastifyRequest } from 'fastify';
import passport from 'passport';

/** Finds out who sent a request; undefined if its credential is worth nothing. */
export type Recognise<T> = (request: FastifyRequest) => Promise<T | undefined>;

/** A passport strategy of one function. */
export class RequestStrategy<T extends object> extends passport.Strategy {
  constructor(private readonly recognise: Recognise<T>) {
    super();
  }

  /** Called by passport on a copy for each request. */
  override authenticate(request: unknown): void {
    this.recognise(request as FastifyRequest).then(
      (found) => (found === undefined ? this.fail(401) : this.success(found)),
      (error: unknown) => this.error(error),
    );
  }
}
