import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import type { MemberActor } from '../access/actor.js';
import { Account } from '../members/account.js';
import { csrfTokenOf, IDLE_MINUTES } from './session.js';
import { SessionCookie } from './session-cookie.js';
import type { sessionDocument } from './session.schema.js';
import type { OpenedSession } from './sign-in.js';

/** What a browser is told about its session. */
@Injectable()
export class SessionAnswer {
  constructor(
    private readonly account: Account,
    private readonly cookie: SessionCookie,
    private readonly clock: DomainClock,
  ) {}

  async describe(actor: MemberActor, secret: string): Promise<z.input<typeof sessionDocument>> {
    const member = await this.account.read(actor);
    return {
      csrfToken: csrfTokenOf(secret),
      sessionId: actor.sessionId,
      idleSeconds: IDLE_MINUTES * 60,
      serverTime: this.clock.now(),
      member,
    };
  }

  /** Hands the secrets of a new session to the browser. */
  async open(reply: FastifyReply, { actor, session, device }: OpenedSession): Promise<z.input<typeof sessionDocument>> {
    this.cookie.set(reply, session);
    this.cookie.setDevice(reply, device);
    return this.describe(actor, session);
  }
}
