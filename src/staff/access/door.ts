import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { ApiKeys } from '../api-keys/api-keys.js';
import { SessionCookie } from '../sign-in/session-cookie.js';
import { SessionRepository } from '../sign-in/session.repository.js';
import { hashSecret } from '../secret-token.js';
import type { Actor } from './actor.js';
import { RequestStrategy } from './request-strategy.js';

/** Who asks, and how it was recognised. */
export interface Visitor {
  readonly actor: Actor;
  /** Whether a member gave password and code within the last minutes; a key never did. */
  readonly confirmed: boolean;
  /** The cookie's secret, where a cookie it was: what a CSRF token must follow from. */
  readonly sessionSecret?: string;
}

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Recognises who knocks, with passport: by API key where there is an `Authorization` header, else by session cookie. It is
 * an `Authenticator` of this application's own, not passport's global one, which two applications in a process would share.
 */
@Injectable()
export class Door {
  private readonly passport = new passport.Authenticator();

  constructor(
    private readonly sessions: SessionRepository,
    private readonly cookie: SessionCookie,
    private readonly apiKeys: ApiKeys,
  ) {
    this.passport.use('session', new RequestStrategy((request) => this.bySession(request)));
    this.passport.use('api-key', new RequestStrategy((request) => this.byApiKey(request)));
  }

  /** @returns undefined for a stranger */
  async recognise(request: FastifyRequest): Promise<Visitor | undefined> {
    const strategy = request.headers.authorization === undefined ? 'session' : 'api-key';
    return new Promise((resolve, reject) => {
      const answer = (error: unknown, visitor: Visitor | false | null | undefined): void =>
        error ? reject(error as Error) : resolve(visitor || undefined);
      const authenticate = this.passport.authenticate(strategy, { session: false }, answer) as Middleware;
      authenticate(request, undefined, reject);
    });
  }

  private async bySession(request: FastifyRequest): Promise<Visitor | undefined> {
    const sessionSecret = this.cookie.read(request);
    if (sessionSecret === undefined) return undefined;
    const session = await this.sessions.recognise(hashSecret(sessionSecret));
    return session && { ...session, sessionSecret };
  }

  private async byApiKey(request: FastifyRequest): Promise<Visitor | undefined> {
    const [, text] = BEARER.exec(request.headers.authorization ?? '') ?? [];
    const actor = text === undefined ? undefined : await this.apiKeys.recognise(text, request.ip);
    return actor && { actor, confirmed: false };
  }
}

type Middleware = (request: unknown, response: unknown, next: (error?: unknown) => void) => void;
