import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { MemberActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { type Credentials, MemberRepository } from '../members/member.repository.js';
import { PasswordHash } from '../members/password-hash.js';
import { TotpVault } from '../members/totp-vault.js';
import { hashSecret, newSecret } from '../secret-token.js';
import { StaffError } from '../staff-error.js';
import { KnownDeviceRepository } from './known-device.repository.js';
import { type Factor, SecondFactor } from './second-factor.js';
import { SessionRepository } from './session.repository.js';
import { type CountedAttempt, SignInLimits } from './sign-in-limits.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What somebody gives to sign in. */
export interface SignInRequest {
  readonly login: string;
  readonly password: string;
  readonly code: string | undefined;
  /** Used in memory, and forgotten. */
  readonly address: string;
  /** Secret of a browser that may have signed in before. */
  readonly device: string | undefined;
}

/** What a signed-in browser gets: two secrets for its cookies. */
export interface OpenedSession {
  readonly actor: MemberActor;
  readonly session: string;
  readonly device: string;
}

/** Signs members in, and asks them again. One refusal, after the same work, whatever was wrong. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly members: MemberRepository,
    private readonly sessions: SessionRepository,
    private readonly devices: KnownDeviceRepository,
    private readonly limits: SignInLimits,
    private readonly passwords: PasswordHash,
    private readonly secondFactor: SecondFactor,
    private readonly vault: TotpVault,
    private readonly audit: Audit,
  ) {}

  /** @throws StaffError `sign-in-refused`, `sign-in-delayed` */
  async signIn({ login, password, code, address, device }: SignInRequest): Promise<OpenedSession> {
    const member = await this.members.credentials(login);
    const isKnown = await this.devices.isKnown(member?.id ?? NOBODY, hashSecret(device ?? ''));
    const attempt = await this.limits.begin({ login, address, familiar: isKnown ? device : undefined });
    const proven = await this.prove(member, password, code);
    return this.database.transaction(async (client) => {
      await this.spend(client, proven, attempt);
      return this.open(client, proven.member.id, isKnown ? device : undefined);
    });
  }

  /**
   * Password and code once more, of somebody who is signed in: for the next minutes dangerous acts are allowed.
   * @throws StaffError `sign-in-refused`, `sign-in-delayed`
   */
  async confirm(actor: MemberActor, password: string, code: string | undefined, address: string): Promise<void> {
    const login = (await this.members.get(actor.id))?.login ?? '';
    const member = await this.members.credentials(login);
    const attempt = await this.limits.begin({ login, address, familiar: actor.sessionId });
    const proven = await this.prove(member, password, code);
    await this.database.transaction(async (client) => {
      await this.spend(client, proven, attempt);
      await this.sessions.confirm(client, actor.sessionId);
    });
  }

  /** Opens a session of somebody who has proven who they are. @param device the browser's secret if it is known already */
  async open(client: Transaction, memberId: string, device?: string): Promise<OpenedSession> {
    const opened = { session: newSecret(), device: device ?? newSecret() };
    const actor = await this.sessions.open(client, memberId, hashSecret(opened.session));
    await this.devices.remember(client, memberId, hashSecret(opened.device));
    await this.members.noteSignIn(client, memberId);
    await this.audit.record(client, { actor, action: 'session.open', details: { session: actor.sessionId } });
    return { actor, ...opened };
  }

  /** All is looked at before anything is refused, so that time tells nothing. */
  private async prove(member: Credentials | undefined, password: string, code: string | undefined): Promise<Proven> {
    const factor = await this.secondFactor.check(member, code);
    const isRight = await this.passwords.verify(member?.passwordHash ?? undefined, password);
    if (member === undefined || factor === undefined || !isRight) throw new StaffError('sign-in-refused');
    return { member, factor };
  }

  private async spend(client: Transaction, { member, factor }: Proven, attempt: CountedAttempt): Promise<void> {
    if (!(await this.secondFactor.spend(client, member.id, factor))) throw new StaffError('sign-in-refused');
    await this.limits.succeed(client, attempt);
    await this.moveToCurrentKey(client, member);
  }

  /** So that an old staff-aead key is soon named by nobody. */
  private async moveToCurrentKey(client: Transaction, { id, totp }: Credentials): Promise<void> {
    if (totp === undefined) return;
    const renewed = this.vault.renew(id, totp);
    if (renewed !== undefined) await this.members.resealTotp(client, id, renewed);
  }
}

interface Proven {
  readonly member: Credentials;
  readonly factor: Factor;
}
