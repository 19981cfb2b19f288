import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { needsTotp } from '../members/member.js';
import { type Credentials, MemberRepository } from '../members/member.repository.js';
import { hashRecoveryCode } from '../members/recovery-code.js';
import { RecoveryCodeRepository } from '../members/recovery-code.repository.js';
import { AuthenticatorClock, stepOfCode } from '../members/totp.js';
import { TotpVault } from '../members/totp-vault.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A second factor that fits, not spent yet. */
export type Factor =
  | { readonly kind: 'none' }
  | { readonly kind: 'totp'; readonly step: number }
  | { readonly kind: 'recovery'; readonly hash: Buffer };

/** Checks and spends authenticator and recovery codes. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly members: MemberRepository,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly vault: TotpVault,
    private readonly clock: AuthenticatorClock,
  ) {}

  /**
   * What of the member's factors the code is; undefined if none, or a spent one. The same look-ups whether or not there is
   * such a member. A member without an authenticator needs no code.
   */
  async check(member: Credentials | undefined, code: string | undefined): Promise<Factor | undefined> {
    const hash = hashRecoveryCode(code ?? '');
    const isRecovery = await this.recoveryCodes.has(member?.id ?? NOBODY, hash);
    if (member === undefined) return undefined;
    if (member.totp === undefined) return needsTotp(member.role) ? undefined : { kind: 'none' };
    if (isRecovery) return { kind: 'recovery', hash };
    const step = stepOfCode(this.vault.open(member.id, member.totp), code ?? '', this.clock.now());
    return step !== undefined && step > member.totpLastStep ? { kind: 'totp', step } : undefined;
  }

  /** @returns false if another request has spent it meanwhile */
  async spend(client: Transaction, memberId: string, factor: Factor): Promise<boolean> {
    switch (factor.kind) {
      case 'none':
        return true;
      case 'totp':
        return this.members.spendStep(client, memberId, factor.step);
      case 'recovery':
        return this.recoveryCodes.spend(client, memberId, factor.hash);
    }
  }
}
