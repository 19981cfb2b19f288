import { Injectable } from '@nestjs/common';
import type { Connection } from '../../platform/database/index.js';
import { DAY_SECONDS, dayOf, formatDay } from '../slot.js';

/** Days for which partitions stand ready, today included; an outage of the job this long stops nothing. */
const DAYS_AHEAD = 4;

/** How long a DDL statement waits for its lock: queries that come after it would wait behind it. */
const LOCK_TIMEOUT = '2s';

const PARTITION_NAME = /^batch_(\d{4})(\d{2})(\d{2})$/;

type Queryable = Pick<Connection, 'query'>;

export interface MissingPartitions {
  /** First seconds of the days that have no partition. */
  readonly days: readonly number[];
  readonly reason: unknown;
}

/** One day's partition of `batch`. */
export interface DayPartition {
  readonly name: string;
  /** Unix second at which its UTC day starts. */
  readonly day: number;
  /** A detaching that was interrupted must be finished before anything else. */
  readonly detaching: boolean;
}

/**
 * How long the holder of the lock may keep silent, or take for one statement: a process that is stopped, or a machine that
 * is cut off, must not keep all others from dropping what is past retention until its connection is given up.
 */
const LONGEST_SILENCE = '5min';

/** Key of the session-level advisory lock that one retention run of all replicas holds: "drop" in ASCII. */
const RETENTION_LOCK = 0x64726f70;

/** The partitions of `batch`, one for each UTC day of slot starts. */
@Injectable()
export class PartitionsRepository {
  /** Never waits; the lock goes with the connection, also when this process dies or keeps silent for too long. */
  async tryLock(connection: Connection): Promise<boolean> {
    const { rows } = await connection.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock($1) AS locked, set_config('idle_session_timeout', $2, false),
              set_config('idle_in_transaction_session_timeout', $2, false), set_config('statement_timeout', $2, false)`,
      [RETENTION_LOCK, LONGEST_SILENCE],
    );
    return rows[0].locked;
  }

  /**
   * Makes the partitions from yesterday's (whose last slot is sealed today) to three days ahead. Idempotent.
   * @returns the days for which that failed, with the first reason: whoever needs none of them goes on
   */
  async ensureAhead(connection: Connection): Promise<MissingPartitions> {
    const missing = await this.missing(connection);
    for (const [made, day] of missing.entries()) {
      try {
        await this.create(connection, day);
      } catch (reason) {
        return { days: missing.slice(made), reason };
      }
    }
    return { days: [], reason: undefined };
  }

  /** First seconds of the days from yesterday's to three days ahead that have no partition, ascending. */
  async missing(connection: Queryable): Promise<number[]> {
    const { rows } = await connection.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
    const existing = new Set((await this.list(connection)).map(({ day }) => day));
    const yesterday = dayOf(rows[0].now) - DAY_SECONDS;
    const wanted = Array.from({ length: DAYS_AHEAD + 1 }, (_, index) => yesterday + index * DAY_SECONDS);
    return wanted.filter((day) => !existing.has(day));
  }

  async list(connection: Queryable): Promise<DayPartition[]> {
    const { rows } = await connection.query<{ name: string; detaching: boolean }>(
      `SELECT child.relname AS name, inhdetachpending AS detaching
       FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid WHERE inhparent = 'batch'::regclass`,
    );
    return rows.map(({ name, detaching }) => ({ name, day: dayOfPartition(name), detaching }));
  }

  /** Day tables outside `batch`: detached and not yet dropped, or made and not yet attached. */
  async loose(connection: Connection): Promise<DayPartition[]> {
    const { rows } = await connection.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relkind = 'r' AND NOT relispartition AND relname ~ '^batch_[0-9]{8}$'
         AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'batch'::regclass)`,
    );
    return rows.map(({ name }) => ({ name, day: dayOfPartition(name), detaching: false }));
  }

  /** Takes a partition out of `batch` without stopping readers; cannot run in a transaction. */
  async detach(connection: Connection, { name, detaching }: DayPartition): Promise<void> {
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await connection.query(`ALTER TABLE batch DETACH PARTITION ${name} ${detaching ? 'FINALIZE' : 'CONCURRENTLY'}`);
  }

  async drop(connection: Connection, { name }: DayPartition): Promise<void> {
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await connection.query(`DROP TABLE ${name}`);
  }

  /** Made apart and then attached: `PARTITION OF` would lock readers of every other day out. */
  private async create(connection: Connection, day: number): Promise<void> {
    const name = partitionName(day);
    const {
      rows: [{ lock_timeout: before }],
    } = await connection.query<{ lock_timeout: string }>('SHOW lock_timeout');
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    try {
      await connection.query(`CREATE TABLE IF NOT EXISTS ${name} (LIKE batch INCLUDING ALL)`);
      await connection.query(
        `ALTER TABLE batch ATTACH PARTITION ${name} FOR VALUES FROM (${day}) TO (${day + DAY_SECONDS})`,
      );
    } finally {
      await connection.query(`SET lock_timeout = '${before}'`);
    }
  }
}

function partitionName(day: number): string {
  return `batch_${formatDay(day).replaceAll('-', '')}`;
}

function dayOfPartition(name: string): number {
  const [, year, month, date] = PARTITION_NAME.exec(name) ?? [];
  return dayOf(Date.UTC(Number(year), Number(month) - 1, Number(date)) / 1000);
}
