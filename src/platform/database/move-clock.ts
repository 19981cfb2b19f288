import type { Database } from './database.js';

/** Moves domain time forward by whole seconds, for every replica. @returns domain time after it, in Unix seconds */
export async function moveClock(database: Database, seconds: number): Promise<number> {
  await database.pool.query('UPDATE domain_clock SET offset_seconds = offset_seconds + $1', [seconds]);
  const { rows } = await database.pool.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
  return rows[0]!.now;
}
