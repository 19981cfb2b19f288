import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { KeyActor } from '../access/actor.js';
import type { ApiKey, NewApiKey } from './api-key.js';

const COLUMNS = `id, label, source_ranges AS "sourceRanges", daily_quota AS "dailyQuota",
  floor(extract(epoch FROM created_at))::float8 AS "createdAt", floor(extract(epoch FROM expires_at))::float8 AS "expiresAt",
  floor(extract(epoch FROM revoked_at))::float8 AS "revokedAt", last_used_on::text AS "lastUsedOn"`;

interface LiveKey {
  readonly actor: KeyActor;
  readonly sourceRanges: readonly string[];
}

/** Owns `api_key`. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  /** The key of that hash, if it has neither expired nor been revoked and its authority is not disabled. */
  async findLive(keyHash: Buffer): Promise<LiveKey | undefined> {
    const { rows } = await this.database.pool.query<{
      id: string;
      authorityId: string;
      sourceRanges: string[];
      dailyQuota: number | null;
      authorityDailyQuota: number | null;
    }>(
      `SELECT k.id, k.authority_id AS "authorityId", k.source_ranges AS "sourceRanges", k.daily_quota AS "dailyQuota",
              a.daily_quota AS "authorityDailyQuota"
         FROM api_key k JOIN authority a ON a.id = k.authority_id
        WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND k.expires_at > (SELECT cen_now()) AND a.disabled_at IS NULL`,
      [keyHash],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const { sourceRanges, id, authorityId } = row;
    const quotas = {
      dailyQuota: row.dailyQuota ?? undefined,
      authorityDailyQuota: row.authorityDailyQuota ?? undefined,
    };
    return { actor: { kind: 'key', role: 'key', id, authorityId, ...quotas }, sourceRanges };
  }

  /** Notes the day, and no more than the day, of a use. */
  async noteUse(id: string): Promise<void> {
    await this.database.pool.query(
      `UPDATE api_key SET last_used_on = today FROM (SELECT (cen_now() AT TIME ZONE 'UTC')::date AS today) AS clock
        WHERE id = $1 AND last_used_on IS DISTINCT FROM today`,
      [id],
    );
  }

  async create(client: Transaction, key: NewApiKey & { id: string; keyHash: Buffer }): Promise<ApiKey> {
    const { rows } = await client.query<ApiKey>(
      `INSERT INTO api_key (id, authority_id, label, key_hash, source_ranges, daily_quota, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, cen_now() + make_interval(days => $7)) RETURNING ${COLUMNS}`,
      [key.id, key.authorityId, key.label, key.keyHash, key.sourceRanges, key.dailyQuota, key.validityDays],
    );
    return rows[0];
  }

  /** All keys of an authority, those that no longer work included. */
  async list(authorityId: string): Promise<ApiKey[]> {
    const { rows } = await this.database.pool.query<ApiKey>(
      `SELECT ${COLUMNS} FROM api_key WHERE authority_id = $1 ORDER BY label, id`,
      [authorityId],
    );
    return rows;
  }

  /** @returns the key as it is now; undefined if the authority has none of that id that still works */
  async setQuota(
    client: Transaction,
    authorityId: string,
    id: string,
    quota: number | null,
  ): Promise<ApiKey | undefined> {
    const { rows } = await client.query<ApiKey>(
      `UPDATE api_key SET daily_quota = $3 WHERE authority_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING ${COLUMNS}`,
      [authorityId, id, quota],
    );
    return rows[0];
  }

  /** @returns whether the authority had such a key, not revoked yet */
  async revoke(client: Transaction, authorityId: string, id: string): Promise<boolean> {
    const { rowCount } = await client.query(
      'UPDATE api_key SET revoked_at = cen_now() WHERE authority_id = $1 AND id = $2 AND revoked_at IS NULL',
      [authorityId, id],
    );
    return rowCount === 1;
  }
}
