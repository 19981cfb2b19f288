import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { MemberActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import type { SystemActor } from '../audit/audit-entry.js';
import { AuthorityRepository } from '../authorities/authority.repository.js';
import { KnownDeviceRepository } from '../sign-in/known-device.repository.js';
import { SessionRepository } from '../sign-in/session.repository.js';
import { StaffError } from '../staff-error.js';
import { Invitations } from './invitations.js';
import { type Member, type MemberChange, needsTotp, type NewMember, type OneTimeLink, type Team } from './member.js';
import { MemberRepository } from './member.repository.js';
import { RecoveryCodeRepository } from './recovery-code.repository.js';

export interface InvitedMember {
  readonly member: Member;
  readonly link: OneTimeLink;
}

/** Looking after the people: inviting, changing, disabling, and helping who has lost a way in. */
@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly repository: MemberRepository,
    private readonly authorities: AuthorityRepository,
    private readonly invitations: Invitations,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly sessions: SessionRepository,
    private readonly devices: KnownDeviceRepository,
    private readonly audit: Audit,
  ) {}

  /** The members of a team, by login. */
  async list(team: Team): Promise<Member[]> {
    return this.repository.list(team);
  }

  /** @throws StaffError `name-taken`, `staff-not-found` without such an authority */
  async invite(actor: MemberActor | SystemActor, wanted: NewMember): Promise<InvitedMember> {
    return this.database.transaction(async (client) => {
      const { authorityId, role } = wanted;
      if (authorityId !== null && !(await this.authorities.exists(client, authorityId)))
        throw new StaffError('staff-not-found');
      const member = await this.repository.create(client, randomUUID(), wanted);
      if (member === undefined) throw new StaffError('name-taken');
      const link = await this.invitations.issue(client, member.id);
      const details = { member: member.id, role };
      await this.audit.record(client, { actor, action: 'member.invite', ...about(authorityId), details });
      return { member, link };
    });
  }

  /**
   * Changes role, quota or whether the member is disabled. Another role, or disabling, ends its sessions.
   * @throws StaffError `staff-not-found`, `not-on-yourself`, `last-operator`, `totp-required` if the new role needs what it has not
   */
  async change(actor: MemberActor, team: Team, id: string, change: MemberChange): Promise<Member> {
    if (actor.id === id) throw new StaffError('not-on-yourself');
    return this.database.transaction(async (client) => {
      if (change.disabled === true) await this.#requireAnotherOperator(client, team, id);
      const before = await this.#lock(client, team, id);
      if (change.role !== undefined && needsTotp(change.role) && !before.totp) throw new StaffError('totp-required');
      const after = await this.repository.change(client, before, change);
      if (after.role !== before.role || after.disabled) await this.sessions.closeAll(client, id);
      const details = { member: id, changed: Object.keys(change).sort(), role: after.role, disabled: after.disabled };
      await this.audit.record(client, { actor, action: 'member.change', ...about(after.authorityId), details });
      return after;
    });
  }

  /**
   * For somebody who has lost password or authenticator: forgets both, ends every session, and gives a one-time link, which
   * the second person hands over.
   * @throws StaffError `staff-not-found`, `not-on-yourself`
   */
  async reset(actor: MemberActor | SystemActor, team: Team, id: string): Promise<InvitedMember> {
    if (actor.id === id) throw new StaffError('not-on-yourself');
    return this.database.transaction(async (client) => {
      const { authorityId } = await this.#lock(client, team, id);
      await this.repository.removeCredentials(client, id);
      await this.recoveryCodes.replace(client, id, []);
      await this.sessions.closeAll(client, id);
      await this.devices.forgetAll(client, id);
      const link = await this.invitations.issue(client, id);
      const member = await this.#lock(client, team, id);
      await this.audit.record(client, {
        actor,
        action: 'member.reset',
        ...about(authorityId),
        details: { member: id },
      });
      return { member, link };
    });
  }

  /** The operator of that login, for the command line. */
  async findOperator(login: string): Promise<Member | undefined> {
    return this.repository.findOperator(login);
  }

  async #lock(client: Transaction, team: Team, id: string): Promise<Member> {
    const member = await this.repository.lock(client, team, id);
    if (member === undefined) throw new StaffError('staff-not-found');
    return member;
  }

  /** Two operators who disable each other at once wait here for one another. */
  async #requireAnotherOperator(client: Transaction, team: Team, id: string): Promise<void> {
    if (team !== 'operators') return;
    const active = await this.repository.lockActiveOperators(client);
    if (!active.some((other) => other !== id)) throw new StaffError('last-operator');
  }
}

function about(authorityId: string | null): { authorityId?: string } {
  return authorityId === null ? {} : { authorityId };
}
