import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/index.js';

/** How long after the end of its numbers an order can be repeated (protocol section 5). */
const REPEATABLE = "interval '48 hours'";

/** What an order's numbers follow from. */
export interface StoredOrder {
  readonly id: string;
  readonly nonce: Buffer;
  readonly mintKeyId: string;
  readonly count: number;
  /** Candidates that collided with a live number, ascending. */
  readonly skipped: readonly number[];
  readonly digits: number;
  /** Unix seconds, a whole hour. */
  readonly expiresAt: number;
}

export interface NewOrder extends Omit<StoredOrder, 'skipped' | 'expiresAt'> {
  readonly authorityId: string;
  readonly requestId: string;
  readonly validityHours: number;
}

/** Owns `permission_order`. */
@Injectable()
export class PermissionOrderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores the order, unless its authority has one of that request id already: then that one, with its own id, waiting
   * for the transaction that is making it.
   */
  async placeOrFind(client: Transaction, order: NewOrder): Promise<StoredOrder> {
    await client.query(
      `DELETE FROM permission_order
        WHERE authority_id = $1 AND request_id = $2 AND expires_at <= (SELECT cen_now()) - ${REPEATABLE}`,
      [order.authorityId, order.requestId],
    );
    // The update changes nothing: it makes Postgres return the row of whoever came first.
    const { rows } = await client.query<StoredOrder>(
      `INSERT INTO permission_order
         (id, authority_id, request_id, nonce, mint_key_id, count, skipped, digits, expires_at, created_on)
       SELECT $1, $2, $3, $4, $5, $6, '{}', $7,
              to_timestamp(ceil(extract(epoch FROM now + make_interval(hours => $8)) / 3600) * 3600),
              (now AT TIME ZONE 'UTC')::date
         FROM (SELECT cen_now() AS now) AS clock
       ON CONFLICT (authority_id, request_id) DO UPDATE SET request_id = EXCLUDED.request_id
       RETURNING id, nonce, mint_key_id AS "mintKeyId", count, skipped, digits,
                 extract(epoch FROM expires_at)::float8 AS "expiresAt"`,
      [
        order.id,
        order.authorityId,
        order.requestId,
        order.nonce,
        order.mintKeyId,
        order.count,
        order.digits,
        order.validityHours,
      ],
    );
    return rows[0];
  }

  async rememberSkipped(client: Transaction, id: string, skipped: readonly number[]): Promise<void> {
    await client.query('UPDATE permission_order SET skipped = $2 WHERE id = $1', [id, skipped]);
  }

  /** Drops the orders that can be repeated no more. */
  async purge(client: Transaction): Promise<void> {
    await client.query(`DELETE FROM permission_order WHERE expires_at <= (SELECT cen_now()) - ${REPEATABLE}`);
  }

  /** Ids of the mint-prf keys that orders need. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      'SELECT DISTINCT mint_key_id AS id FROM permission_order',
    );
    return new Set(rows.map(({ id }) => id));
  }
}
