import { Body, Controller, Delete, Get, Header, HttpCode, Ip, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { type MemberActor, ROLES } from '../access/actor.js';
import { Allow, ANYONE } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Account } from '../members/account.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, noContent, uuid } from '../staff.openapi.js';
import { SessionAnswer } from './session-answer.js';
import { SessionCookie } from './session-cookie.js';
import { confirmation, credentials, sessionDocument, sessionList } from './session.schema.js';
import { SignIn } from './sign-in.js';

const SIGN_IN = `
The cookie stands for the session from then on; state changes also need the answer's \`csrfToken\` as \`X-CEN-CSRF\`. With curl, which keeps the cookie in
the file \`staff.cookies\`:

\`\`\`sh
curl -c staff.cookies "$CEN_URL/admin/v1/session" -H 'Content-Type: application/json' \\
  -d '{"login":"'"$CEN_LOGIN"'","password":"'"$CEN_PASSWORD"'","code":"'"$CEN_CODE"'"}'
\`\`\`
`;

/** Signing in and out. */
@Controller('admin/v1')
export class SessionController {
  constructor(
    private readonly signingIn: SignIn,
    private readonly account: Account,
    private readonly cookie: SessionCookie,
    private readonly answer: SessionAnswer,
  ) {}

  @Post('session')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow(ANYONE)
  @DescribeStaff('Sign in; the answer sets the session cookie', sessionDocument, 200, SIGN_IN)
  @ApiProblem(401, 'sign-in-refused')
  @ApiProblem(429, 'sign-in-delayed', { 'Retry-After': 'Seconds' })
  async signIn(
    @Body({ schema: credentials }) { login, password, code }: z.output<typeof credentials>,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof sessionDocument>> {
    const device = this.cookie.readDevice(request);
    return this.answer.open(reply, await this.signingIn.signIn({ login, password, code, address, device }));
  }

  @Get('session')
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeStaff('Who is signed in, and the CSRF token', sessionDocument)
  async readSession(
    @CurrentActor() actor: MemberActor,
    @Req() request: FastifyRequest,
  ): Promise<z.input<typeof sessionDocument>> {
    return this.answer.describe(actor, this.cookie.read(request) ?? '');
  }

  @Delete('session')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeCsrf()
  @DescribeStaff('Sign out', noContent)
  async signOut(@CurrentActor() actor: MemberActor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.account.closeSession(actor, actor.sessionId);
    this.cookie.clear(reply);
  }

  @Post('session/confirmation')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeCsrf()
  @DescribeStaff('Give password and code again: opens dangerous acts for five minutes', noContent)
  @ApiProblem(429, 'sign-in-delayed', { 'Retry-After': 'Seconds' })
  async confirmSession(
    @CurrentActor() actor: MemberActor,
    @Body({ schema: confirmation }) { password, code }: z.output<typeof confirmation>,
    @Ip() address: string,
  ): Promise<void> {
    await this.signingIn.confirm(actor, password, code, address);
  }

  @Get('sessions')
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeStaff('Where I am signed in', sessionList)
  async listSessions(@CurrentActor() actor: MemberActor): Promise<z.input<typeof sessionList>> {
    const sessions = await this.account.listSessions(actor);
    return { sessions: sessions.map((session) => ({ ...session, current: session.id === actor.sessionId })) };
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeCsrf()
  @DescribeStaff('End one of my sessions', noContent)
  @ApiProblem(404, 'staff-not-found')
  async closeSession(
    @CurrentActor() actor: MemberActor,
    @Param('sessionId', { schema: uuid }) id: string,
  ): Promise<void> {
    await this.account.closeSession(actor, id);
  }

  @Delete('sessions')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeCsrf()
  @DescribeStaff('Sign out everywhere', noContent)
  async signOutEverywhere(
    @CurrentActor() actor: MemberActor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.account.closeAllSessions(actor);
    this.cookie.clear(reply);
  }
}
