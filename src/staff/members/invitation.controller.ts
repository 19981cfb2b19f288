import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { Allow, ANYONE } from '../access/allow.js';
import { SessionAnswer } from '../sign-in/session-answer.js';
import { SessionCookie } from '../sign-in/session-cookie.js';
import { acceptedSession } from '../sign-in/session.schema.js';
import { DescribeStaff, NO_STORE } from '../staff.openapi.js';
import { Invitations } from './invitations.js';
import { invitationAcceptance, invitationDocument, oneTimeToken } from './member.schema.js';

/** One-time links. The secret is in the body, so that no log of URLs has it. */
@Controller('admin/v1/invitations')
export class InvitationController {
  constructor(
    private readonly invitations: Invitations,
    private readonly cookie: SessionCookie,
    private readonly answer: SessionAnswer,
  ) {}

  @Post('offer')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow(ANYONE)
  @DescribeStaff('Whose link this is, and an authenticator to set up', invitationDocument)
  @ApiProblem(403, 'invitation-refused')
  async readInvitation(
    @Body({ schema: oneTimeToken }) { token }: z.output<typeof oneTimeToken>,
  ): Promise<z.input<typeof invitationDocument>> {
    return this.invitations.read(token);
  }

  @Post('acceptance')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow(ANYONE)
  @DescribeStaff('Use a link: choose a password, set the authenticator up, and be signed in', acceptedSession)
  @ApiProblem(403, 'invitation-refused')
  @ApiProblem(409, 'totp-required')
  @ApiProblem(422, 'password-refused')
  async acceptInvitation(
    @Body({ schema: invitationAcceptance }) { token, password, totp }: z.output<typeof invitationAcceptance>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof acceptedSession>> {
    const accepted = await this.invitations.accept({ token, password, totp, device: this.cookie.readDevice(request) });
    return { ...(await this.answer.open(reply, accepted)), recoveryCodes: accepted.recoveryCodes };
  }
}
