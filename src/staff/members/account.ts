import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { MemberActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownDeviceRepository } from '../sign-in/known-device.repository.js';
import { SessionRepository } from '../sign-in/session.repository.js';
import type { SessionSummary } from '../sign-in/session.js';
import { StaffError } from '../staff-error.js';
import { Authenticators, type TotpOffer, type TotpProof } from './authenticators.js';
import { type Member, needsTotp } from './member.js';
import { MemberRepository } from './member.repository.js';
import { PasswordHash } from './password-hash.js';
import { passwordFault } from './password-policy.js';
import { RecoveryCodeRepository } from './recovery-code.repository.js';

/** What a member does about its own sign-in. */
@Injectable()
export class Account {
  constructor(
    private readonly database: Database,
    private readonly members: MemberRepository,
    private readonly authenticators: Authenticators,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly passwords: PasswordHash,
    private readonly sessions: SessionRepository,
    private readonly devices: KnownDeviceRepository,
    private readonly audit: Audit,
  ) {}

  async read(actor: MemberActor): Promise<Member & { readonly recoveryCodesLeft: number }> {
    return { ...(await this.#member(actor)), recoveryCodesLeft: await this.recoveryCodes.count(actor.id) };
  }

  async listSessions(actor: MemberActor): Promise<SessionSummary[]> {
    return this.sessions.list(actor.id);
  }

  /** @throws StaffError `staff-not-found` */
  async closeSession(actor: MemberActor, sessionId: string): Promise<void> {
    await this.#audited(actor, 'session.close', async (client) => {
      if (!(await this.sessions.close(client, actor.id, sessionId))) throw new StaffError('staff-not-found');
    });
  }

  /** Signs out everywhere, here included, and forgets the browsers. */
  async closeAllSessions(actor: MemberActor): Promise<void> {
    await this.#audited(actor, 'session.close-all', async (client) => {
      await this.sessions.closeAll(client, actor.id);
      await this.devices.forgetAll(client, actor.id);
    });
  }

  /** Ends every other session, too. @throws StaffError `password-refused` */
  async changePassword(actor: MemberActor, password: string): Promise<void> {
    const { login } = await this.#member(actor);
    const fault = passwordFault(password, login);
    if (fault !== undefined) throw new StaffError('password-refused', { detail: fault });
    const passwordHash = await this.passwords.hash(password);
    await this.#audited(actor, 'member.password', async (client) => {
      await this.members.setPassword(client, actor.id, passwordHash);
      await this.sessions.closeAll(client, actor.id, actor.sessionId);
    });
  }

  async offerTotp(actor: MemberActor): Promise<TotpOffer> {
    return this.authenticators.offer(actor.id, (await this.#member(actor)).login);
  }

  /** Takes the place of an older authenticator. @returns new recovery codes @throws StaffError `code-refused` */
  async setTotp(actor: MemberActor, proof: TotpProof): Promise<string[]> {
    const proven = this.authenticators.prove(actor.id, proof);
    return this.#audited(actor, 'member.totp', (client) => this.authenticators.install(client, actor.id, proven));
  }

  /** @throws StaffError `totp-required` for operators and managers */
  async removeTotp(actor: MemberActor): Promise<void> {
    if (needsTotp(actor.role)) throw new StaffError('totp-required');
    await this.#audited(actor, 'member.totp-remove', (client) => this.authenticators.remove(client, actor.id));
  }

  /** @returns new recovery codes in place of the older ones */
  async renewRecoveryCodes(actor: MemberActor): Promise<string[]> {
    return this.#audited(actor, 'member.recovery-codes', (client) => this.authenticators.renewCodes(client, actor.id));
  }

  async #audited<T>(actor: MemberActor, action: string, work: (client: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (client) => {
      const result = await work(client);
      await this.audit.record(client, { actor, action });
      return result;
    });
  }

  async #member(actor: MemberActor): Promise<Member> {
    const member = await this.members.get(actor.id);
    if (member === undefined) throw new StaffError('staff-not-found');
    return member;
  }
}
