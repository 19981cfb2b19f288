import { Injectable } from '@nestjs/common';
import type { Connection } from '../../platform/database/index.js';
import { DAY_SECONDS, dayOf, formatDay } from '../slot.js';

/** Days for which partitions stand ready, today included; an outage of the job this long stops nothing. */
const DAYS_AHEAD = 4;

/** How long a DDL statement waits for its lock: queries that come after it would wait behind it. */
const LOCK_TIMEOUT = '2s';

/**
 * What retention drops a day of, in the order in which it does: what is read last, the pieces of files, goes last, and a batch
 * without them is one that has expired.
 */
const TABLES = ['batch', 'batch_piece'] as const;

const PARTITION_NAME = /_(\d{4})(\d{2})(\d{2})$/;

/** Between some hundred pages, as autovacuum rests: others compute then, and readers come just when a slot is published. */
const VACUUM_PAUSE = '2ms';

type Queryable = Pick<Connection, 'query'>;

export interface MissingPartitions {
  /** First seconds of the days that have no partition. */
  readonly days: readonly number[];
  readonly reason: unknown;
}

/** One day's partition of one of the tables. */
export interface DayPartition {
  readonly table: string;
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

/** The partitions of `batch` and `batch_piece`, one of each for each UTC day of slot starts. */
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

  /** First seconds of the days from yesterday's to three days ahead that lack a partition, ascending. */
  async missing(connection: Queryable): Promise<number[]> {
    const { rows } = await connection.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
    const existing = await this.list(connection);
    const has = (table: string, day: number) => existing.some((one) => one.table === table && one.day === day);
    const yesterday = dayOf(rows[0].now) - DAY_SECONDS;
    const wanted = Array.from({ length: DAYS_AHEAD + 1 }, (_, index) => yesterday + index * DAY_SECONDS);
    return wanted.filter((day) => !TABLES.every((table) => has(table, day)));
  }

  /** Those of `batch` first, and of each table what must be finished before anything else. */
  async list(connection: Queryable): Promise<DayPartition[]> {
    const { rows } = await connection.query<Omit<DayPartition, 'day'>>(
      `SELECT parent.relname AS table, child.relname AS name, inhdetachpending AS detaching
       FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid JOIN pg_class AS parent ON parent.oid = inhparent
       WHERE inhparent = ANY($1::regclass[]) ORDER BY array_position($1::regclass[], inhparent::regclass), NOT inhdetachpending, name`,
      [TABLES],
    );
    return rows.map((row) => ({ ...row, day: dayOfPartition(row.name) }));
  }

  /** Day tables outside the tables: detached and not yet dropped, or made and not yet attached. */
  async loose(connection: Connection): Promise<DayPartition[]> {
    const { rows } = await connection.query<Pick<DayPartition, 'table' | 'name'>>(
      `SELECT parent.relname AS table, loose.relname AS name
       FROM pg_class AS loose JOIN pg_class AS parent
         ON parent.oid = ANY($1::regclass[]) AND loose.relname ~ ('^' || parent.relname || '_[0-9]{8}$')
       WHERE loose.relkind = 'r' AND NOT loose.relispartition AND loose.relnamespace = parent.relnamespace`,
      [TABLES],
    );
    return rows.map((row) => ({ ...row, day: dayOfPartition(row.name), detaching: false }));
  }

  /**
   * Marks what a day's partitions hold as stored for good, which spares its readers that: else the first to read a page would have to write it,
   * and, where it has been to disk since it was filled, log the whole of it. Postgres does it by itself, but some minutes later or at the next large
   * sealing. No reader or writer waits for it; what something else has locked is left out. Not in a transaction.
   */
  async settle(connection: Connection, day: number): Promise<void> {
    const partitions = TABLES.map((table) => partitionName(table, day)).join(', ');
    await connection.query(
      `SET lock_timeout = '${LOCK_TIMEOUT}'; SET statement_timeout = '${LONGEST_SILENCE}'; SET vacuum_cost_delay = '${VACUUM_PAUSE}'`,
    );
    await connection.query(`VACUUM (INDEX_CLEANUP OFF, TRUNCATE OFF, SKIP_LOCKED) ${partitions}`);
  }

  /** Takes a partition out of its table without stopping readers; cannot run in a transaction. */
  async detach(connection: Connection, { table, name, detaching }: DayPartition): Promise<void> {
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await connection.query(`ALTER TABLE ${table} DETACH PARTITION ${name} ${detaching ? 'FINALIZE' : 'CONCURRENTLY'}`);
  }

  async drop(connection: Connection, { name }: DayPartition): Promise<void> {
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await connection.query(`DROP TABLE ${name}`);
  }

  /** Made apart and then attached: `PARTITION OF` would lock readers of every other day out. */
  private async create(connection: Connection, day: number): Promise<void> {
    const existing = new Set((await this.list(connection)).map(({ name }) => name));
    const {
      rows: [{ lock_timeout: before }],
    } = await connection.query<{ lock_timeout: string }>('SHOW lock_timeout');
    await connection.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    try {
      for (const table of TABLES) {
        const name = partitionName(table, day);
        if (existing.has(name)) continue;
        await connection.query(`CREATE TABLE IF NOT EXISTS ${name} (LIKE ${table} INCLUDING ALL)`);
        await connection.query(
          `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM (${day}) TO (${day + DAY_SECONDS})`,
        );
      }
    } finally {
      await connection.query(`SET lock_timeout = '${before}'`);
    }
  }
}

function partitionName(table: string, day: number): string {
  return `${table}_${formatDay(day).replaceAll('-', '')}`;
}

function dayOfPartition(name: string): number {
  const [, year, month, date] = PARTITION_NAME.exec(name) ?? [];
  return dayOf(Date.UTC(Number(year), Number(month) - 1, Number(date)) / 1000);
}
