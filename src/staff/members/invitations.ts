import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database, type Transaction } from '../../platform/database/index.js';
import { Audit } from '../audit/audit.js';
import { hashSecret, newSecret } from '../secret-token.js';
import { type OpenedSession, SignIn } from '../sign-in/sign-in.js';
import { StaffError } from '../staff-error.js';
import { Authenticators, type ProvenAuthenticator, type TotpOffer, type TotpProof } from './authenticators.js';
import { InvitationRepository } from './invitation.repository.js';
import { type Member, needsTotp, type OneTimeLink } from './member.js';
import { MemberRepository } from './member.repository.js';
import { PasswordHash } from './password-hash.js';
import { passwordFault } from './password-policy.js';

/** What somebody sees who opens a link. */
export interface Invitation {
  readonly login: string;
  readonly role: Member['role'];
  /** Whether the authenticator must be set up. */
  readonly totpRequired: boolean;
  readonly totp: TotpOffer;
}

export interface Acceptance {
  readonly token: string;
  readonly password: string;
  readonly totp: TotpProof | undefined;
  /** Secret of a browser that has signed in before. */
  readonly device: string | undefined;
}

/** One-time links: how a new member, or one who has lost password or authenticator, gets in. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationRepository,
    private readonly members: MemberRepository,
    private readonly authenticators: Authenticators,
    private readonly passwords: PasswordHash,
    private readonly signIn: SignIn,
    private readonly audit: Audit,
    @InjectConfig() private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** A link for a member, in the caller's transaction; an older one works no more. */
  async issue(client: Transaction, memberId: string): Promise<OneTimeLink> {
    const token = newSecret();
    const expiresAt = await this.invitations.place(client, memberId, hashSecret(token));
    return { token, url: `${this.config.publicUrl}/console/invitation#${token}`, expiresAt };
  }

  /** @throws StaffError `invitation-refused` */
  async read(token: string): Promise<Invitation> {
    const { id, login, role } = await this.#memberOf(token);
    return { login, role, totpRequired: needsTotp(role), totp: this.authenticators.offer(id, login) };
  }

  /**
   * Uses a link: sets the password and, where it is required or wanted, the authenticator, and signs in.
   * @throws StaffError `invitation-refused`, `password-refused`, `totp-required`, `code-refused`
   */
  async accept({ token, password, totp, device }: Acceptance): Promise<OpenedSession & { recoveryCodes: string[] }> {
    const member = await this.#memberOf(token);
    const fault = passwordFault(password, member.login);
    if (fault !== undefined) throw new StaffError('password-refused', { detail: fault });
    if (totp === undefined && needsTotp(member.role)) throw new StaffError('totp-required');
    const proven = totp && this.authenticators.prove(member.id, totp);
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async (client) => {
      if (!(await this.invitations.spend(client, hashSecret(token)))) throw new StaffError('invitation-refused');
      await this.members.setPassword(client, member.id, passwordHash);
      const recoveryCodes = await this.#setUp(client, member.id, proven);
      const opened = await this.signIn.open(client, member.id, device);
      await this.audit.record(client, { actor: opened.actor, action: 'member.accept', details: { member: member.id } });
      return { ...opened, recoveryCodes };
    });
  }

  async #setUp(client: Transaction, memberId: string, proven: ProvenAuthenticator | undefined): Promise<string[]> {
    return proven === undefined ? [] : this.authenticators.install(client, memberId, proven);
  }

  async #memberOf(token: string): Promise<Member> {
    const id = await this.invitations.findMemberId(hashSecret(token));
    const member = id === undefined ? undefined : await this.members.get(id);
    if (member === undefined) throw new StaffError('invitation-refused');
    return member;
  }
}
