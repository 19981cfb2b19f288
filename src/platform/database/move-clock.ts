import type { Database } from './database.js';

/** Domain time of a database on which a production server has ever run cannot be moved. */
export class ClockStands extends Error {
  constructor() {
    super('A production server has run on this database: its clock cannot be moved. Use another database for tests.');
    this.name = 'ClockStands';
  }
}

/**
 * Moves domain time forward by whole seconds, for every replica.
 * @returns domain time after it, in Unix seconds
 * @throws {ClockStands}
 */
export async function moveClock(database: Database, seconds: number): Promise<number> {
  const { rows } = await database.pool.query<{ now: number }>(
    `UPDATE domain_clock SET offset_seconds = offset_seconds + $1 WHERE NOT production
     RETURNING extract(epoch FROM clock_timestamp())::float8 + offset_seconds AS now`,
    [seconds],
  );
  if (rows.length === 0) throw new ClockStands();
  return rows[0].now;
}
