import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { MintedBy } from './minter.js';

/** How long after the end of its numbers an order can be repeated (protocol section 5). */
const REPEATABLE = "interval '48 hours'";

const SEED = `id, nonce, mint_key_id AS "mintKeyId", count, skipped, digits,
  extract(epoch FROM expires_at)::float8 AS "expiresAt"`;

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
  readonly mintedBy: MintedBy;
  readonly requestHash: Buffer;
  readonly validityHours: number;
}

/** An order as staff see it: without anything that its numbers follow from. */
export interface OrderSummary {
  /** UUID. */
  readonly order: string;
  readonly count: number;
  /** UTC date `YYYY-MM-DD`: the day only, so that it says nothing of a single number. */
  readonly createdOn: string;
  /** Unix seconds, a whole hour. */
  readonly expiresAt: number;
  readonly mintedBy: MintedBy;
}

/** Which orders to show. */
export interface OrderFilter {
  readonly authorityId: string;
  /** Those that it placed; everybody's unless given. */
  readonly mintedBy?: MintedBy;
  /** Only what comes after this order in the list: the next page. */
  readonly after?: string;
  readonly limit: number;
}

/** Owns `permission_order`. */
@Injectable()
export class PermissionOrderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores the order, unless there is one of that request already: then that one, with its own id, waiting for the
   * transaction that is making it.
   */
  async placeOrFind(client: Transaction, order: NewOrder): Promise<StoredOrder> {
    await client.query(
      `DELETE FROM permission_order WHERE request_hash = $1 AND expires_at <= (SELECT cen_now()) - ${REPEATABLE}`,
      [order.requestHash],
    );
    // The update changes nothing: it makes Postgres return the row of whoever came first.
    const { rows } = await client.query<StoredOrder>(
      `INSERT INTO permission_order
         (id, authority_id, minter_kind, minter_id, request_hash, nonce, mint_key_id, count, skipped, digits, expires_at, created_on)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, '{}', $9,
              to_timestamp(ceil(extract(epoch FROM now + make_interval(hours => $10)) / 3600) * 3600),
              (now AT TIME ZONE 'UTC')::date
         FROM (SELECT cen_now() AS now) AS clock
       ON CONFLICT (request_hash) DO UPDATE SET request_hash = EXCLUDED.request_hash
       RETURNING ${SEED}`,
      [
        order.id,
        order.authorityId,
        order.mintedBy.kind,
        order.mintedBy.id,
        order.requestHash,
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

  /** The authority's order of that id; undefined if there is none, or if it is not of `mintedBy`, where that is given. */
  async find(
    client: Transaction,
    { id, authorityId, mintedBy }: { id: string; authorityId: string; mintedBy?: MintedBy },
  ): Promise<StoredOrder | undefined> {
    const { rows } = await client.query<StoredOrder>(
      `SELECT ${SEED} FROM permission_order
        WHERE id = $1 AND authority_id = $2 AND ($3::text IS NULL OR minter_kind = $3 AND minter_id IS NOT DISTINCT FROM $4::uuid)`,
      [id, authorityId, mintedBy?.kind ?? null, mintedBy?.id ?? null],
    );
    return rows.at(0);
  }

  /** Newest first: by day, then by expiry. */
  async list({ authorityId, mintedBy, after, limit }: OrderFilter): Promise<OrderSummary[]> {
    const { rows } = await this.database.pool.query<OrderSummary>(
      `SELECT id AS "order", count, created_on::text AS "createdOn", extract(epoch FROM expires_at)::float8 AS "expiresAt",
              json_build_object('kind', minter_kind, 'id', minter_id) AS "mintedBy"
         FROM permission_order
        WHERE authority_id = $1 AND ($2::text IS NULL OR minter_kind = $2 AND minter_id IS NOT DISTINCT FROM $3::uuid)
          AND ($4::uuid IS NULL OR (created_on, expires_at, id) < (
                SELECT created_on, expires_at, id FROM permission_order WHERE id = $4 AND authority_id = $1))
        ORDER BY permission_order.created_on DESC, permission_order.expires_at DESC, permission_order.id DESC LIMIT $5`,
      [authorityId, mintedBy?.kind ?? null, mintedBy?.id ?? null, after ?? null, limit],
    );
    return rows;
  }

  /** Drops the orders that can be repeated no more. */
  async purge(client: Transaction): Promise<void> {
    await client.query(`DELETE FROM permission_order WHERE expires_at <= (SELECT cen_now()) - ${REPEATABLE}`);
  }

  async deleteAll(client: Transaction): Promise<void> {
    await client.query('DELETE FROM permission_order');
  }

  /** Ids of the mint-prf keys that orders need. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      'SELECT DISTINCT mint_key_id AS id FROM permission_order',
    );
    return new Set(rows.map(({ id }) => id));
  }
}
