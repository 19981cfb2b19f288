import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { UnsharedCost } from './attempt-ledger.js';
import { LONGEST_TOTAL_DEBT_SECONDS } from './attempt-rule.js';

/** A debt as Postgres holds it, the sum of what all replicas have counted. */
export interface SharedDebt {
  readonly counter: number;
  /** Unix seconds. */
  readonly clearAt: number;
}

/** What is new since a replica has last looked. */
export interface AttemptNews {
  readonly debts: readonly SharedDebt[];
  /** When the failures of all networks will have been forgiven, Unix seconds. */
  readonly totalClearAt: number;
  /** When this was read, Unix seconds. */
  readonly readAt: number;
}

const NOW = 'extract(epoch FROM cen_now())::float8';

/** Owns `attempt_counter` and `attempt_total`, which hold no address and no credential, and of uploads that were accepted nothing. */
@Injectable()
export class AttemptCounterRepository {
  constructor(private readonly database: Database) {}

  /** Adds what was counted. Replicas that add at once all count. @returns the debts as they are now */
  async add(dayKeyId: string, costs: readonly UnsharedCost[]): Promise<SharedDebt[]> {
    // In the order of the counters, so that two replicas wait for one another in one direction only.
    const { rows } = await this.database.pool.query<SharedDebt>(
      `INSERT INTO attempt_counter AS c (day_key_id, counter, clear_at, counted_at)
       SELECT $1, counter, now + seconds, now
         FROM unnest($2::int[], $3::float8[]) AS cost (counter, seconds), (SELECT ${NOW} AS now) AS clock ORDER BY counter
       ON CONFLICT (day_key_id, counter) DO UPDATE
          SET clear_at = greatest(c.clear_at, EXCLUDED.counted_at) + EXCLUDED.clear_at - EXCLUDED.counted_at,
              counted_at = EXCLUDED.counted_at
       RETURNING counter, clear_at AS "clearAt"`,
      [dayKeyId, costs.map(({ counter }) => counter), costs.map(({ seconds }) => seconds)],
    );
    return rows;
  }

  /** Adds to the debt of all networks together, which grows no further than its bound. */
  async addToTotal(seconds: number): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO attempt_total AS t (singleton, clear_at, counted_at)
       SELECT true, now + least($1::float8, $2::float8), now FROM (SELECT ${NOW} AS now) AS clock
       ON CONFLICT (singleton) DO UPDATE
          SET clear_at = least(greatest(t.clear_at, EXCLUDED.counted_at) + $1::float8, EXCLUDED.counted_at + $2::float8),
              counted_at = EXCLUDED.counted_at`,
      [seconds, LONGEST_TOTAL_DEBT_SECONDS],
    );
  }

  /** What any replica has counted since `since`. The counters are looked at only if there is anything: it costs one row. */
  async newsSince(dayKeyId: string, since: number): Promise<AttemptNews> {
    const { rows: totals } = await this.database.pool.query<{ now: number; clearAt: number; countedAt: number }>(
      `SELECT ${NOW} AS now, coalesce(max(clear_at), 0) AS "clearAt", coalesce(max(counted_at), 0) AS "countedAt"
         FROM attempt_total`,
    );
    const { now, clearAt, countedAt } = totals[0];
    const debts = countedAt < since ? [] : await this.#debtsSince(dayKeyId, since);
    return { debts, totalClearAt: clearAt, readAt: now };
  }

  async #debtsSince(dayKeyId: string, since: number): Promise<SharedDebt[]> {
    const { rows } = await this.database.pool.query<SharedDebt>(
      'SELECT counter, clear_at AS "clearAt" FROM attempt_counter WHERE day_key_id = $1 AND counted_at >= $2',
      [dayKeyId, since],
    );
    return rows;
  }

  /** Drops the counters of all keys but these. */
  async keepOnly(dayKeyIds: readonly string[]): Promise<void> {
    await this.database.pool.query('DELETE FROM attempt_counter WHERE day_key_id <> ALL($1::text[])', [dayKeyIds]);
  }
}
