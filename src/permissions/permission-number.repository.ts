import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/index.js';

export interface NewNumbers {
  readonly digests: readonly Buffer[];
  readonly hmacKeyId: string;
  readonly authorityId: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** Owns `permission_number`: digests of the numbers that can still be redeemed, without a trace of their orders. */
@Injectable()
export class PermissionNumberRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores the digests that are not there yet, in one statement.
   * @returns those that it has stored
   */
  async insert(client: Transaction, { digests, hmacKeyId, authorityId, expiresAt }: NewNumbers): Promise<Buffer[]> {
    // In the order of the digests, which says nothing of the order of the numbers, and which lets two transactions that
    // collide wait for one another in one direction only.
    const { rows } = await client.query<{ digest: Buffer }>(
      `INSERT INTO permission_number (digest, hmac_key_id, authority_id, expires_at)
       SELECT digest, $2, $3, to_timestamp($4) FROM unnest($1::bytea[]) AS digest ORDER BY digest
       ON CONFLICT (digest) DO NOTHING
       RETURNING digest`,
      [digests, hmacKeyId, authorityId, expiresAt],
    );
    return rows.map(({ digest }) => digest);
  }

  /** Which of these digests are stored. */
  async findAny(client: Transaction, digests: readonly Buffer[]): Promise<Buffer[]> {
    const { rows } = await client.query<{ digest: Buffer }>(
      'SELECT digest FROM permission_number WHERE digest = ANY($1::bytea[])',
      [digests],
    );
    return rows.map(({ digest }) => digest);
  }

  /**
   * Deletes the unexpired number that is stored as one of these digests. Of several that try, one does; the others wait
   * for its transaction.
   * @returns the id of the number's authority, undefined if there is no such number
   */
  async spend(client: Transaction, digests: readonly Buffer[]): Promise<string | undefined> {
    const { rows } = await client.query<{ authority: string }>(
      `DELETE FROM permission_number WHERE digest = ANY($1::bytea[]) AND expires_at > (SELECT cen_now())
       RETURNING authority_id AS authority`,
      [digests],
    );
    return rows.at(0)?.authority;
  }

  /**
   * Deletes the unexpired numbers of an authority that are stored as any of these digests. Locked in the order of the
   * digests, in which numbers are stored, too: of two that want the same, one waits and neither for ever.
   */
  async revoke(client: Transaction, authorityId: string, digests: readonly Buffer[]): Promise<void> {
    await client.query(
      `DELETE FROM permission_number WHERE digest IN (
         SELECT digest FROM permission_number
          WHERE digest = ANY($1::bytea[]) AND authority_id = $2 AND expires_at > (SELECT cen_now())
          ORDER BY digest FOR UPDATE)`,
      [digests, authorityId],
    );
  }

  async deleteAll(client: Transaction): Promise<void> {
    await client.query('DELETE FROM permission_number');
  }

  /** Drops the expired. @returns how many, by authority */
  async purge(client: Transaction): Promise<ReadonlyMap<string, number>> {
    const { rows } = await client.query<{ authority: string; count: number }>(
      `WITH gone AS (DELETE FROM permission_number WHERE expires_at <= (SELECT cen_now()) RETURNING authority_id)
       SELECT authority_id AS authority, count(*)::int AS count FROM gone GROUP BY authority_id`,
    );
    return new Map(rows.map(({ authority, count }) => [authority, count]));
  }

  /** Ids of the number-hmac keys that digests were made with. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      'SELECT DISTINCT hmac_key_id AS id FROM permission_number',
    );
    return new Set(rows.map(({ id }) => id));
  }
}
