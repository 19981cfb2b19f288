import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { AttemptLimit } from './attempt-limit.js';

const HOURS_REMEMBERED = 24;
/** An exponent that no delay needs, so that no count overflows. */
const LARGEST_EXPONENT = 20;

/** Owns `sign_in_failure`. */
@Injectable()
export class SignInFailureRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts an attempt as failed, before it is looked at: of many at once no more get through than one after another.
   * @returns seconds to wait, and then it was not counted; 0 if it may be looked at
   */
  async count(bucket: Buffer, limit: AttemptLimit): Promise<number> {
    const free = Math.min(limit.free, 2 ** 30);
    const { rowCount } = await this.database.pool.query(
      `INSERT INTO sign_in_failure AS f (bucket, count, blocked_until, forget_at)
       SELECT $1, 1, now + make_interval(secs => CASE WHEN $2::int <= 1 THEN least($3::float8, $4::float8) ELSE 0 END),
              now + interval '${HOURS_REMEMBERED} hours' FROM (SELECT cen_now() AS now) AS clock
       ON CONFLICT (bucket) DO UPDATE
          SET count = CASE WHEN f.forget_at <= (SELECT cen_now()) THEN 1 ELSE f.count + 1 END,
              blocked_until = CASE
                WHEN f.forget_at <= (SELECT cen_now()) OR f.count + 1 < $2::int THEN (SELECT cen_now())
                ELSE (SELECT cen_now())
                     + make_interval(secs => least($4::float8, $3::float8 * 2 ^ least(f.count + 1 - $2::int, ${LARGEST_EXPONENT})))
              END,
              forget_at = CASE WHEN f.forget_at <= (SELECT cen_now()) THEN EXCLUDED.forget_at ELSE f.forget_at END
        WHERE f.blocked_until <= (SELECT cen_now())`,
      [bucket, free, limit.firstDelaySeconds, limit.longestDelaySeconds],
    );
    return rowCount === 1 ? 0 : this.#wait(bucket);
  }

  async #wait(bucket: Buffer): Promise<number> {
    const { rows } = await this.database.pool.query<{ seconds: number }>(
      `SELECT greatest(1, ceil(extract(epoch FROM blocked_until - (SELECT cen_now()))))::int AS seconds
         FROM sign_in_failure WHERE bucket = $1`,
      [bucket],
    );
    return rows[0]?.seconds ?? 1;
  }

  /** Failures counted in a bucket within the day. */
  async failures(bucket: Buffer): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      'SELECT count FROM sign_in_failure WHERE bucket = $1 AND forget_at > (SELECT cen_now())',
      [bucket],
    );
    return rows[0]?.count ?? 0;
  }

  /** Forgets what was counted in a bucket. */
  async forget(client: Transaction, bucket: Buffer): Promise<void> {
    await client.query('DELETE FROM sign_in_failure WHERE bucket = $1', [bucket]);
  }

  /** Takes back one count. */
  async takeBack(client: Transaction, bucket: Buffer): Promise<void> {
    await client.query('UPDATE sign_in_failure SET count = greatest(0, count - 1) WHERE bucket = $1', [bucket]);
  }

  async purge(client: Transaction): Promise<void> {
    await client.query('DELETE FROM sign_in_failure WHERE forget_at <= (SELECT cen_now())');
  }
}
