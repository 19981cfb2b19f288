import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database, type Transaction } from '../../platform/database/index.js';
import { PlatformError } from '../../platform/http/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { type AuthorityMember, Audit, type KeyActor } from '../../staff/index.js';
import { numberDigests } from '../number-digest.js';
import { parseNumber, type PermissionNumber } from '../number-format.js';
import { PermissionNumberRepository } from '../permission-number.repository.js';
import { MintingDayRepository } from '../statistics/minting-day.repository.js';
import { mintedBy } from './minter.js';
import { OrderNumbers } from './order-numbers.js';
import { PermissionOrderRepository } from './permission-order.repository.js';

/** Who revokes. */
export type Revoker = AuthorityMember | KeyActor;

/**
 * Makes numbers worthless that have not been used. Nothing tells whether one of them was live: no result, and the log, which has what was
 * asked for. Wrong, used, expired and foreign numbers take the same statements; what is left in time, the paced answer covers.
 */
@Injectable()
export class Revocation {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly orders: PermissionOrderRepository,
    private readonly orderNumbers: OrderNumbers,
    private readonly numbers: PermissionNumberRepository,
    private readonly days: MintingDayRepository,
    private readonly audit: Audit,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits'>,
  ) {}

  /** A number of the revoker's authority, whoever minted it. */
  async revokeNumber(actor: Revoker, text: string): Promise<void> {
    const number = this.#parse(text);
    await this.database.transaction((client) => this.#revoke(client, actor, [number], 'number.revoke', {}));
  }

  /** Every number of an order: a manager's may be any of its authority, everybody else's one of its own. */
  async revokeOrder(actor: Revoker, id: string): Promise<void> {
    const { authorityId } = actor;
    const own = actor.role === 'manager' ? {} : { mintedBy: mintedBy(actor) };
    await this.database.transaction(async (client) => {
      const order = await this.orders.find(client, { id, authorityId, ...own });
      const numbers = order === undefined ? [] : this.orderNumbers.numbersOf(order);
      await this.#revoke(client, actor, numbers, 'order.revoke', { order: id });
    });
  }

  /** A typing error is said before any look-up, which tells nothing of any number. */
  #parse(text: string): PermissionNumber {
    const parsed = parseNumber(text, this.config.permissionDigits);
    if (parsed.ok) return parsed.number;
    throw new PlatformError('invalid-input', { errors: [{ pointer: '/number', detail: parsed.fault }] });
  }

  /** Whatever counts or tells of revocations belongs here. */
  async #revoke(
    client: Transaction,
    actor: Revoker,
    numbers: readonly PermissionNumber[],
    action: string,
    details: Readonly<Record<string, string>>,
  ): Promise<void> {
    const keys = this.keys.live('number-hmac');
    const digests = numbers.flatMap((number) => numberDigests(number, keys));
    await this.numbers.revoke(client, actor.authorityId, digests);
    await this.days.addRevocations(client, actor.authorityId, numbers.length);
    await this.audit.record(client, { actor, action, details });
  }
}
