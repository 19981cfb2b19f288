import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/index.js';
import { KeyRing } from '../platform/keys/index.js';
import { numberDigests } from './number-digest.js';
import type { PermissionNumber } from './number-format.js';
import { PermissionNumberRepository } from './permission-number.repository.js';
import { retryProof, retryProofs } from './retry-proof.js';
import { RetryProofRepository } from './retry-proof.repository.js';

export type Redemption =
  /** The number was live and is spent by this transaction. `authority` is the UUID of who minted it. */
  | { readonly outcome: 'redeemed'; readonly authority: string }
  /** This very request was accepted before: store nothing, answer as then. */
  | { readonly outcome: 'repeated' }
  /** Wrong, used, expired or revoked: nobody can tell which. */
  | { readonly outcome: 'refused' };

export type UnbackedOutcome = 'accepted' | 'repeated';

/** A number, and what it is spent on. */
interface SpendableNumber {
  readonly kind: 'permission' | 'issuance';
  readonly number: string;
}

/** Spends what reports are sent with, inside the report's own transaction, which must be READ COMMITTED. */
@Injectable()
export class RedemptionDesk {
  constructor(
    private readonly keys: KeyRing,
    private readonly numbers: PermissionNumberRepository,
    private readonly proofs: RetryProofRepository,
  ) {}

  async redeem(client: Transaction, number: PermissionNumber, idempotencyKey: Buffer): Promise<Redemption> {
    return this.#spend(client, { kind: 'permission', number }, idempotencyKey);
  }

  /** Spends a number on an upload token instead of a report. The very same request again is `repeated`. */
  async exchange(client: Transaction, number: PermissionNumber, request: Buffer): Promise<Redemption> {
    return this.#spend(client, { kind: 'issuance', number }, request);
  }

  /** Spends a number that nobody can have: same length and work as a wrong one, and nothing comes of it. */
  async rehearse(client: Transaction, digits: number): Promise<void> {
    const impossible = `x${randomBytes(digits).toString('hex')}`.slice(0, digits);
    await this.#spend(client, { kind: 'permission', number: impossible }, randomBytes(16));
  }

  async acceptUnbacked(client: Transaction, idempotencyKey: Buffer): Promise<UnbackedOutcome> {
    const credential = { kind: 'none' } as const;
    const proof = retryProof(credential, idempotencyKey, this.keys.current('retry-proof'));
    const proofs = retryProofs(credential, idempotencyKey, this.keys.live('retry-proof'));
    return (await this.proofs.insertFirst(client, proof, proofs)) ? 'accepted' : 'repeated';
  }

  async wasAcceptedUnbacked(client: Transaction, idempotencyKey: Buffer): Promise<boolean> {
    return this.proofs.has(client, retryProofs({ kind: 'none' }, idempotencyKey, this.keys.live('retry-proof')));
  }

  async #spend(client: Transaction, credential: SpendableNumber, request: Buffer): Promise<Redemption> {
    const digests = numberDigests(credential.number, this.keys.live('number-hmac'));
    const authority = await this.numbers.spend(client, digests);
    if (authority !== undefined) {
      await this.proofs.insert(client, retryProof(credential, request, this.keys.current('retry-proof')));
      return { outcome: 'redeemed', authority };
    }
    // A concurrent request has waited for the one that spent the number: this statement sees what that one committed.
    const proofs = retryProofs(credential, request, this.keys.live('retry-proof'));
    return { outcome: (await this.proofs.has(client, proofs)) ? 'repeated' : 'refused' };
  }
}
