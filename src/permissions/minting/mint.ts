import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../platform/config/index.js';
import { Database, type Transaction } from '../platform/database/index.js';
import { KeyRing, KeyRingError } from '../platform/keys/index.js';
import { deriveNumbers, type MintSeed } from './mint-derivation.js';
import { MintPlacement } from './mint-placement.js';
import type { PermissionNumber } from './number-format.js';
import { checkOrder, type MintOrder } from './order.js';
import { PermissionOrderRepository, type StoredOrder } from './permission-order.repository.js';
import { PermissionsError } from './permissions-error.js';

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
    private readonly placement: MintPlacement,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits' | 'permissionHours'>,
  ) {}

  /** See `Permissions.mint`. */
  async mint(wanted: MintOrder): Promise<MintedOrder> {
    const { authorityId, requestId, count, validityHours = this.config.permissionHours } = wanted;
    checkOrder({ requestId, count, validityHours });
    const fresh = {
      id: randomUUID(),
      nonce: randomBytes(NONCE_BYTES),
      mintKeyId: this.keys.current('mint-prf').id,
      digits: this.config.permissionDigits,
    };
    return this.database.transaction(async (client) => {
      const order = await this.orders.placeOrFind(client, { ...fresh, authorityId, requestId, count, validityHours });
      if (order.count !== count) throw new PermissionsError('request-id-reused');
      const seed = this.#seedOf(order);
      const isNew = order.id === fresh.id;
      const numbers = isNew
        ? await this.#placeNumbers(client, authorityId, order, seed)
        : deriveNumbers(seed, count, order.skipped);
      return { order: order.id, numbers, expiresAt: order.expiresAt };
    });
  }

  async #placeNumbers(
    client: Transaction,
    authorityId: string,
    order: StoredOrder,
    seed: MintSeed,
  ): Promise<readonly PermissionNumber[]> {
    const { numbers, skipped } = await this.placement.place(client, authorityId, order, seed);
    if (skipped.length > 0) await this.orders.rememberSkipped(client, order.id, skipped);
    return numbers;
  }

  #seedOf({ nonce, digits, mintKeyId }: StoredOrder): MintSeed {
    const key = this.keys.find('mint-prf', mintKeyId);
    if (key === undefined) throw new KeyRingError('no-key', `The key ring has no mint-prf ${mintKeyId} any more`);
    return { nonce, digits, secret: key.secret };
  }
}
