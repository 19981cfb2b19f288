import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import type { MemberActor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, uuid } from '../staff.openapi.js';
import { invitedMember, memberDocument, memberList, operatorChange, operatorInvitation } from './member.schema.js';
import { Members } from './members.js';

/** Those who run the whole system. */
@Controller('admin/v1/operators')
export class OperatorController {
  constructor(private readonly members: Members) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('The operators', memberList)
  async listOperators(): Promise<z.input<typeof memberList>> {
    return { members: await this.members.list('operators') };
  }

  @Post()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Invite an operator; answers the one-time link', invitedMember, 201)
  @ApiProblem(409, 'name-taken')
  async inviteOperator(
    @CurrentActor() actor: MemberActor,
    @Body({ schema: operatorInvitation }) { login }: z.output<typeof operatorInvitation>,
  ): Promise<z.input<typeof invitedMember>> {
    return this.members.invite(actor, { login, role: 'operator', authorityId: null, dailyQuota: null });
  }

  @Patch(':memberId')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Disable or enable an operator', memberDocument)
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, 'last-operator')
  async changeOperator(
    @CurrentActor() actor: MemberActor,
    @Param('memberId', { schema: uuid }) id: string,
    @Body({ schema: operatorChange }) change: z.output<typeof operatorChange>,
  ): Promise<z.input<typeof memberDocument>> {
    return this.members.change(actor, 'operators', id, change);
  }

  @Post(':memberId/reset')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff(
    'For an operator who has lost password or authenticator: forgets both, answers a one-time link',
    invitedMember,
  )
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, 'not-on-yourself')
  async resetOperator(
    @CurrentActor() actor: MemberActor,
    @Param('memberId', { schema: uuid }) id: string,
  ): Promise<z.input<typeof invitedMember>> {
    return this.members.reset(actor, 'operators', id);
  }
}
