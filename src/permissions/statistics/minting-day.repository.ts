import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { DayRange } from './day-range.js';

export interface MintingDay {
  /** UTC date `YYYY-MM-DD`. */
  readonly date: string;
  readonly minted: number;
  readonly revocations: number;
}

/** Owns `minting_day`: what an authority's staff did on each UTC day, which they know anyhow. */
@Injectable()
export class MintingDayRepository {
  constructor(private readonly database: Database) {}

  /** Counts numbers as minted today, in the transaction that mints them. */
  async addMinted(client: Transaction, authorityId: string, count: number): Promise<void> {
    await client.query(
      `INSERT INTO minting_day (authority_id, day, minted) VALUES ($1, (cen_now() AT TIME ZONE 'UTC')::date, $2)
       ON CONFLICT (authority_id, day) DO UPDATE SET minted = minting_day.minted + EXCLUDED.minted`,
      [authorityId, count],
    );
  }

  /** Counts numbers as asked to be revoked today, whether there was anything left to revoke or not; 2^31 − 1 at most. */
  async addRevocations(client: Transaction, authorityId: string, count: number): Promise<void> {
    await client.query(
      `INSERT INTO minting_day (authority_id, day, revocations) VALUES ($1, (cen_now() AT TIME ZONE 'UTC')::date, $2)
       ON CONFLICT (authority_id, day) DO UPDATE
       SET revocations = least(minting_day.revocations::bigint + EXCLUDED.revocations, 2147483647)::int`,
      [authorityId, count],
    );
  }

  /** The days with any, of one authority or of all together. */
  async list({ from, to }: DayRange, authorityId: string | null): Promise<MintingDay[]> {
    const { rows } = await this.database.pool.query<MintingDay>(
      `SELECT day::text AS date, sum(minted)::float8 AS minted, sum(revocations)::float8 AS revocations FROM minting_day
        WHERE day BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR authority_id = $3) GROUP BY day`,
      [from, to, authorityId],
    );
    return rows;
  }

  /** By authority: all that were minted, less those of which the revocation was asked for. */
  async balances(client: Transaction): Promise<ReadonlyMap<string, number>> {
    const { rows } = await client.query<{ authority: string; balance: number }>(
      `SELECT authority_id AS authority, sum(minted - revocations)::float8 AS balance FROM minting_day GROUP BY authority_id`,
    );
    return new Map(rows.map(({ authority, balance }) => [authority, balance]));
  }

  /** Drops the days that are more than `days` ago. */
  async purge(client: Transaction, days: number): Promise<void> {
    await client.query(`DELETE FROM minting_day WHERE day < (cen_now() AT TIME ZONE 'UTC')::date - $1::int`, [days]);
  }
}
