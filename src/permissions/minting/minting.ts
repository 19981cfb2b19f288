import { Injectable } from '@nestjs/common';
import { Mint, type MintedOrder } from './mint.js';
import { mintedBy, type Minter } from './minter.js';
import type { MintOrder } from './order.js';
import { type OrderSummary, PermissionOrderRepository } from './permission-order.repository.js';
import { Quota, type QuotaState } from './quota.js';
import { Revocation, type Revoker } from './revocation.js';

/** A piece of a list. */
export interface Page {
  /** The last order of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The front door for those who mint: the health authority's half of permission numbers. */
@Injectable()
export class Minting {
  constructor(
    private readonly minter: Mint,
    private readonly revocation: Revocation,
    private readonly quota: Quota,
    private readonly orders: PermissionOrderRepository,
  ) {}

  /**
   * Mints an order in a transaction of its own, counts it in the quotas and in the log. The same order of the same minter again, also in
   * parallel, gives the same numbers, until 48 h after they have expired, mints none and counts nothing: one that was redeemed or
   * revoked does not come back, and looks like the others.
   * @throws PermissionsError `invalid-order`, `request-id-reused`, `quota-exceeded`, `number-space-exhausted`
   */
  async mint(minter: Minter, order: MintOrder): Promise<MintedOrder> {
    return this.minter.mint(minter, order);
  }

  /**
   * Makes a number of the actor's authority worthless, if it is live; nobody learns whether it was.
   * @param number as somebody typed it
   * @throws PlatformError `invalid-input` for what cannot be a number at all
   */
  async revokeNumber(actor: Revoker, number: string): Promise<void> {
    return this.revocation.revokeNumber(actor, number);
  }

  /** The same for all numbers of an order: of the actor's own, or, for a manager, of its authority. */
  async revokeOrder(actor: Revoker, order: string): Promise<void> {
    return this.revocation.revokeOrder(actor, order);
  }

  /** An authority's orders that can still be repeated, newest first: for a manager all, for an issuer its own. */
  async listOrders(actor: Revoker, authorityId: string, page: Page): Promise<OrderSummary[]> {
    const own = actor.role === 'manager' ? {} : { mintedBy: mintedBy(actor) };
    return this.orders.list({ authorityId, ...own, ...page });
  }

  /** What the actor and its authority may mint today, and have minted. */
  async readQuota(actor: Revoker): Promise<QuotaState> {
    return this.quota.read(actor);
  }
}
