import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { StaffError } from '../staff-error.js';
import { MemberRepository } from './member.repository.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.js';
import { RecoveryCodeRepository } from './recovery-code.repository.js';
import { AuthenticatorClock, describeTotp, newTotpSecret, stepOfCode } from './totp.js';
import { TotpVault } from './totp-vault.js';

/** An authenticator to be set up: what it scans, and what comes back with its first code. */
export interface TotpOffer {
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string;
  /** The secret in base32, for those who type. */
  readonly secret: string;
  /** Opaque; good for an hour. */
  readonly offer: string;
}

/** That the offer has reached an authenticator. */
export interface TotpProof {
  readonly offer: string;
  /** Six digits. */
  readonly code: string;
}

export interface ProvenAuthenticator {
  readonly secret: Buffer;
  /** The step of the code, which is spent with it. */
  readonly step: number;
}

/** Sets authenticators up (RFC 6238), with their recovery codes. */
@Injectable()
export class Authenticators {
  constructor(
    private readonly members: MemberRepository,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly vault: TotpVault,
    private readonly clock: AuthenticatorClock,
  ) {}

  offer(memberId: string, login: string): TotpOffer {
    const secret = newTotpSecret();
    return { ...describeTotp(secret, login), offer: this.vault.offer(memberId, secret, this.clock.now()) };
  }

  /** @throws StaffError `code-refused` */
  prove(memberId: string, { offer, code }: TotpProof): ProvenAuthenticator {
    const now = this.clock.now();
    const secret = this.vault.takeOffer(memberId, offer, now);
    const step = secret && stepOfCode(secret, code, now);
    if (secret === undefined || step === undefined) throw new StaffError('code-refused');
    return { secret, step };
  }

  /** Takes the place of an older authenticator. @returns the member's new recovery codes, shown this once */
  async install(client: Transaction, memberId: string, { secret, step }: ProvenAuthenticator): Promise<string[]> {
    await this.members.setTotp(client, memberId, this.vault.seal(memberId, secret), step);
    return this.renewCodes(client, memberId);
  }

  /** @returns new recovery codes; the older ones work no more */
  async renewCodes(client: Transaction, memberId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.recoveryCodes.replace(client, memberId, codes.map(hashRecoveryCode));
    return codes;
  }

  /** The member signs in without a code from now on. */
  async remove(client: Transaction, memberId: string): Promise<void> {
    await this.members.removeTotp(client, memberId);
    await this.recoveryCodes.replace(client, memberId, []);
  }
}
