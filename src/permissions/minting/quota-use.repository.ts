import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';

/** A UTC day of domain time. */
export interface QuotaDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Unix seconds at which the next one begins. */
  readonly resetsAt: number;
  /** Whole seconds until then, at least 1. */
  readonly secondsLeft: number;
}

/** Owns `quota_use`: how many numbers a member, a key or an authority has minted on a UTC day. */
@Injectable()
export class QuotaUseRepository {
  constructor(private readonly database: Database) {}

  /**
   * Adds to today's use of each holder. Whoever adds to the same waits for this transaction to end, so hand the
   * holders over in one order everywhere.
   * @returns how much each has used then, by id
   */
  async add(client: Transaction, holders: readonly string[], count: number): Promise<ReadonlyMap<string, number>> {
    const { rows } = await client.query<{ holder: string; used: number }>(
      `INSERT INTO quota_use (day, holder_id, used)
       SELECT (SELECT (cen_now() AT TIME ZONE 'UTC')::date), holder, $2
         FROM unnest($1::uuid[]) WITH ORDINALITY AS holders (holder, place) ORDER BY place
       ON CONFLICT (day, holder_id) DO UPDATE SET used = quota_use.used + EXCLUDED.used
       RETURNING holder_id AS holder, used`,
      [holders, count],
    );
    return byHolder(rows);
  }

  /** How much each holder has used today, by id; nothing of those that have not minted. */
  async today(holders: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.database.pool.query<{ holder: string; used: number }>(
      `SELECT holder_id AS holder, used FROM quota_use
        WHERE day = (SELECT (cen_now() AT TIME ZONE 'UTC')::date) AND holder_id = ANY($1::uuid[])`,
      [holders],
    );
    return byHolder(rows);
  }

  async day(): Promise<QuotaDay> {
    return this.#day(this.database.pool);
  }

  /** The same on the caller's connection: whoever holds one must not wait for another. */
  async dayWithin(client: Transaction): Promise<QuotaDay> {
    return this.#day(client);
  }

  /** Drops the days before today. */
  async purge(client: Transaction): Promise<void> {
    await client.query(`DELETE FROM quota_use WHERE day < (SELECT (cen_now() AT TIME ZONE 'UTC')::date)`);
  }

  async #day(connection: Pick<Transaction, 'query'>): Promise<QuotaDay> {
    const { rows } = await connection.query<QuotaDay>(
      `SELECT day::text, extract(epoch FROM reset)::float8 AS "resetsAt",
              greatest(1, ceil(extract(epoch FROM reset - now)))::float8 AS "secondsLeft"
         FROM (SELECT now, (now AT TIME ZONE 'UTC')::date AS day,
                      ((now AT TIME ZONE 'UTC')::date + 1)::timestamp AT TIME ZONE 'UTC' AS reset
                 FROM (SELECT cen_now() AS now) AS clock) AS today`,
    );
    return rows[0];
  }
}

function byHolder(rows: readonly { holder: string; used: number }[]): ReadonlyMap<string, number> {
  return new Map(rows.map(({ holder, used }) => [holder, used]));
}
