import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { Ends } from './cohorts.js';
import type { DayRange } from './day-range.js';

export interface EndedDay extends Ends {
  /** UTC date `YYYY-MM-DD`. */
  readonly date: string;
}

/** Owns `ended_day`: ends as they were told. */
@Injectable()
export class EndedDayRepository {
  constructor(private readonly database: Database) {}

  async add(client: Transaction, authorityId: string, date: string, { redeemed, expired }: Ends): Promise<void> {
    await client.query(
      `INSERT INTO ended_day (authority_id, day, redeemed, expired) VALUES ($1, $2, $3, $4)
       ON CONFLICT (authority_id, day) DO UPDATE
         SET redeemed = ended_day.redeemed + EXCLUDED.redeemed, expired = ended_day.expired + EXCLUDED.expired`,
      [authorityId, date, redeemed, expired],
    );
  }

  /** The days with any, of one authority or of all together. */
  async list({ from, to }: DayRange, authorityId: string | null): Promise<EndedDay[]> {
    const { rows } = await this.database.pool.query<EndedDay>(
      `SELECT day::text AS date, sum(redeemed)::float8 AS redeemed, sum(expired)::float8 AS expired FROM ended_day
        WHERE day BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR authority_id = $3) GROUP BY day`,
      [from, to, authorityId],
    );
    return rows;
  }

  /** By authority: all ends told so far. */
  async totals(client: Transaction): Promise<ReadonlyMap<string, number>> {
    const { rows } = await client.query<{ authority: string; total: number }>(
      `SELECT authority_id AS authority, sum(redeemed + expired)::float8 AS total FROM ended_day GROUP BY authority_id`,
    );
    return new Map(rows.map(({ authority, total }) => [authority, total]));
  }

  /** Drops the days that are more than `days` ago. */
  async purge(client: Transaction, days: number): Promise<void> {
    await client.query(`DELETE FROM ended_day WHERE day < (cen_now() AT TIME ZONE 'UTC')::date - $1::int`, [days]);
  }
}
