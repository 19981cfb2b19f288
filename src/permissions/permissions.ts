import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, InjectConfig } from '../platform/config/index.js';
import type { Transaction } from '../platform/database/index.js';
import { KeyUsers } from '../platform/keys/index.js';
import { PermissionOrderRepository } from './minting/permission-order.repository.js';
import { QuotaUseRepository } from './minting/quota-use.repository.js';
import { PERMISSION_CHALLENGE } from './authorization.js';
import { type ParsedNumber, parseNumber, type PermissionNumber } from './number-format.js';
import { PermissionNumberRepository } from './permission-number.repository.js';
import { type Redemption, RedemptionDesk, type UnbackedOutcome } from './redemption-desk.js';
import { type ProofSealing, RetryProofRepository } from './retry-proof.repository.js';
import { Endings, type SealedEnds } from './statistics/endings.js';
import { TokenDesk, type TokenRedemption } from './tokens/token-desk.js';

/** The module's front door for reports: spending permission numbers inside somebody else's transaction. */
@Injectable()
export class Permissions implements OnModuleInit {
  constructor(
    private readonly desk: RedemptionDesk,
    private readonly orders: PermissionOrderRepository,
    private readonly numbers: PermissionNumberRepository,
    private readonly proofs: RetryProofRepository,
    private readonly quotaUse: QuotaUseRepository,
    private readonly endings: Endings,
    private readonly tokens: TokenDesk,
    private readonly keyUsers: KeyUsers,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits'>,
  ) {}

  onModuleInit(): void {
    this.keyUsers.register('number-hmac', () => this.numbers.keyIds());
    this.keyUsers.register('mint-prf', () => this.orders.keyIds());
    this.keyUsers.register('retry-proof', () => this.proofs.keyIds());
    this.keyUsers.register('pending-aead', () => this.endings.keyIds());
  }

  /** Reads what somebody typed or sent, without any look-up. */
  parseNumber(text: string): ParsedNumber {
    return parseNumber(text, this.config.permissionDigits);
  }

  /**
   * Spends a number in the caller's READ COMMITTED transaction; if that rolls back, the number is as before. Of any
   * parallel requests with one number exactly one is `redeemed`, and only those with its `Idempotency-Key` are `repeated`,
   * until 48 h after the sealing of the report.
   * @param idempotencyKey 16 bytes
   */
  async redeem(client: Transaction, number: PermissionNumber, idempotencyKey: Buffer): Promise<Redemption> {
    return this.desk.redeem(client, number, idempotencyKey);
  }

  /**
   * Spends an upload token in the caller's READ COMMITTED transaction, under the same promises as {@link redeem}.
   * @param token the bytes that were sent, whatever they are
   */
  async redeemToken(client: Transaction, token: Buffer, idempotencyKey: Buffer): Promise<TokenRedemption> {
    return this.tokens.redeem(client, token, idempotencyKey);
  }

  /** What a 401 offers to whoever has sent no credential: a permission number, or an upload token. */
  challenges(): string {
    return `${PERMISSION_CHALLENGE}, ${this.tokens.challenge()}`;
  }

  /** For chaff: the statements and the work of a refused redemption. Stores nothing. */
  async rehearse(client: Transaction): Promise<void> {
    return this.desk.rehearse(client, this.config.permissionDigits);
  }

  /** Where a report needs no credential: `accepted` once for each `Idempotency-Key`, then `repeated`. */
  async acceptUnbacked(client: Transaction, idempotencyKey: Buffer): Promise<UnbackedOutcome> {
    return this.desk.acceptUnbacked(client, idempotencyKey);
  }

  /** Whether a report without a credential was accepted with this key. Stores nothing. */
  async wasAcceptedUnbacked(client: Transaction, idempotencyKey: Buffer): Promise<boolean> {
    return this.desk.wasAcceptedUnbacked(client, idempotencyKey);
  }

  /**
   * Rewrites the retry proofs that the sealing's REPEATABLE READ transaction sees, in random order, and drops the forgotten; and
   * the tokens that were spent since the last sealing, likewise.
   * Nothing tells the proof of a published report from that of a waiting one, whose 48 h must not begin. So proofs get their
   * `forgetAt` when no report of the slot in which they were first seen can be pending any more (ADR 0007).
   */
  async sealProofs(client: Transaction, sealing: ProofSealing): Promise<void> {
    await this.proofs.rewrite(client, sealing);
    await this.tokens.settle(client);
  }

  /** Counts the numbers behind the reports that the sealing publishes, and tells what may be told of a finished day (ADR 0017). */
  async countEnds(client: Transaction, ends: SealedEnds): Promise<void> {
    await this.endings.count(client, ends);
  }

  /** For after a restore alone: no number that was minted before works, and no order gives its numbers again. */
  async forgetNumbers(client: Transaction): Promise<void> {
    await this.numbers.deleteAll(client);
    await this.orders.deleteAll(client);
  }

  /**
   * Drops expired numbers, orders more than 48 h past their expiry, old counts, what was minted before today, and the
   * spent tokens of keys that are gone. Not for a sealing's transaction.
   */
  async purgeExpired(client: Transaction): Promise<void> {
    const expired = await this.numbers.purge(client);
    await this.endings.note(client, new Map([...expired].map(([id, count]) => [id, { redeemed: 0, expired: count }])));
    await this.orders.purge(client);
    await this.quotaUse.purge(client);
    await this.endings.purge(client);
    await this.tokens.forget(client);
  }
}
