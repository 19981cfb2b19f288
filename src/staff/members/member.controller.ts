import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import type { MemberActor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, uuid } from '../staff.openapi.js';
import { invitedMember, memberChange, memberDocument, memberInvitation, memberList } from './member.schema.js';
import { Members } from './members.js';

/** An authority's people. */
@Controller('admin/v1/authorities/:authorityId/members')
export class MemberController {
  constructor(private readonly members: Members) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'] })
  @DescribeStaff('The members of an authority', memberList)
  async listMembers(@Param('authorityId', { schema: uuid }) authorityId: string): Promise<z.input<typeof memberList>> {
    return { members: await this.members.list({ authorityId }) };
  }

  @Post()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Invite a member; answers the one-time link', invitedMember, 201)
  @ApiProblem(409, 'name-taken')
  async inviteMember(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Body({ schema: memberInvitation }) wanted: z.output<typeof memberInvitation>,
  ): Promise<z.input<typeof invitedMember>> {
    return this.members.invite(actor, { ...wanted, authorityId });
  }

  @Patch(':memberId')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Change role or quota of a member, disable or enable it', memberDocument)
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, 'not-on-yourself')
  async changeMember(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('memberId', { schema: uuid }) id: string,
    @Body({ schema: memberChange }) change: z.output<typeof memberChange>,
  ): Promise<z.input<typeof memberDocument>> {
    return this.members.change(actor, { authorityId }, id, change);
  }

  @Post(':memberId/reset')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff(
    'For a member who has lost password or authenticator: forgets both, answers a one-time link',
    invitedMember,
  )
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, 'not-on-yourself')
  async resetMember(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('memberId', { schema: uuid }) id: string,
  ): Promise<z.input<typeof invitedMember>> {
    return this.members.reset(actor, { authorityId }, id);
  }
}
