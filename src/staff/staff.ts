import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyUsers } from '../platform/keys/index.js';
import { COMMAND_LINE, SERVER } from './audit/audit-entry.js';
import { type InvitedMember, Members } from './members/members.js';
import { MemberRepository } from './members/member.repository.js';
import { StaffError } from './staff-error.js';

/** The module's front door for whoever runs the machine: the first operator, and the last one's way back in. */
@Injectable()
export class Staff implements OnModuleInit {
  constructor(
    private readonly members: Members,
    private readonly repository: MemberRepository,
    private readonly keyUsers: KeyUsers,
  ) {}

  onModuleInit(): void {
    this.keyUsers.register('staff-aead', () => this.repository.keyIds());
  }

  /** @returns the operator and its one-time link @throws StaffError `name-taken` */
  async createOperator(login: string): Promise<InvitedMember> {
    return this.members.invite(COMMAND_LINE, { login, role: 'operator', authorityId: null, dailyQuota: null });
  }

  /** For an operator who has lost password or authenticator. @throws StaffError `staff-not-found` */
  async resetOperator(login: string): Promise<InvitedMember> {
    const operator = await this.members.findOperator(login);
    if (operator === undefined) throw new StaffError('staff-not-found', { detail: `There is no operator ${login}.` });
    return this.members.reset(COMMAND_LINE, 'operators', operator.id);
  }

  /** In development: an operator to begin with, and a fresh link until somebody has used one. Undefined from then on. */
  async ensureFirstOperator(login: string): Promise<InvitedMember | undefined> {
    const operators = await this.members.list('operators');
    if (operators.some(({ state }) => state === 'active')) return undefined;
    const invited = operators.find((operator) => operator.login === login);
    if (invited !== undefined) return this.members.reset(SERVER, 'operators', invited.id);
    const wanted = { login, role: 'operator', authorityId: null, dailyQuota: null } as const;
    return this.members.invite(SERVER, wanted);
  }
}
