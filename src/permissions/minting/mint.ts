import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database, type Transaction } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { Audit } from '../../staff/index.js';
import type { PermissionNumber } from '../number-format.js';
import { PermissionsError } from '../permissions-error.js';
import { MintingDayRepository } from '../statistics/minting-day.repository.js';
import { MintPlacement } from './mint-placement.js';
import { auditedAs, mintedBy, type Minter, requestHash } from './minter.js';
import { checkOrder, type MintOrder } from './order.js';
import { OrderNumbers } from './order-numbers.js';
import { type NewOrder, PermissionOrderRepository, type StoredOrder } from './permission-order.repository.js';
import { Quota } from './quota.js';

/** Long enough that no two orders share one by chance. */
const NONCE_BYTES = 16;

/** An order's numbers, in an order of their own that repeating keeps. */
export interface MintedOrder {
  /** UUID of the order. */
  readonly order: string;
  readonly numbers: readonly PermissionNumber[];
  /** Unix seconds, a whole hour: from then on the numbers are refused. */
  readonly expiresAt: number;
}

/** Mints permission numbers (protocol section 5). */
@Injectable()
export class Mint {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly orders: PermissionOrderRepository,
    private readonly orderNumbers: OrderNumbers,
    private readonly placement: MintPlacement,
    private readonly quota: Quota,
    private readonly days: MintingDayRepository,
    private readonly audit: Audit,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits' | 'permissionHours'>,
  ) {}

  /** See `Minting.mint`. */
  async mint(minter: Minter, wanted: MintOrder): Promise<MintedOrder> {
    const fresh = this.#newOrder(minter, wanted);
    return this.database.transaction(async (client) => {
      const order = await this.orders.placeOrFind(client, fresh);
      if (order.count !== wanted.count) throw new PermissionsError('request-id-reused');
      const isNew = order.id === fresh.id;
      const numbers = isNew ? await this.#mintNew(client, minter, order) : this.orderNumbers.numbersOf(order);
      return { order: order.id, numbers, expiresAt: order.expiresAt };
    });
  }

  #newOrder(minter: Minter, wanted: MintOrder): NewOrder {
    const { requestId, count, validityHours = this.config.permissionHours } = wanted;
    checkOrder({ requestId, count, validityHours });
    return {
      id: randomUUID(),
      authorityId: minter.authorityId,
      mintedBy: mintedBy(minter),
      requestHash: requestHash(minter, requestId),
      nonce: randomBytes(NONCE_BYTES),
      mintKeyId: this.keys.current('mint-prf').id,
      digits: this.config.permissionDigits,
      count,
      validityHours,
    };
  }

  /** Whatever counts or tells of minted numbers belongs here: it happens once for an order, or not at all. */
  async #mintNew(client: Transaction, minter: Minter, order: StoredOrder): Promise<readonly PermissionNumber[]> {
    const { id, count } = order;
    const { authorityId } = minter;
    await this.quota.take(client, minter, count);
    const placement = await this.placement.place(client, authorityId, order, this.orderNumbers.seedOf(order));
    if (placement.skipped.length > 0) await this.orders.rememberSkipped(client, id, placement.skipped);
    await this.days.addMinted(client, authorityId, count);
    const details = { order: id, count };
    await this.audit.record(client, { actor: auditedAs(minter), action: 'number.mint', authorityId, details });
    return placement.numbers;
  }
}
