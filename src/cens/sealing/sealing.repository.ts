import { Injectable } from '@nestjs/common';
import { type Connection, Database } from '../../platform/database/index.js';

/** Key of the session-level advisory lock that one sealing of all replicas holds: "seal" in ASCII. */
const SEALING_LOCK = 0x7365616c;

/**
 * How long the holder may keep silent between two statements. Sorting and encoding SEAL_MAX_CENS takes seconds; a process
 * that is stopped, or a machine that is cut off, must not keep all others from sealing until its connection is given up.
 */
const LONGEST_SILENCE = '5min';

/** For one statement: to read or write SEAL_MAX_CENS on a slow disk. A sealing that takes longer is broken off and tried again. */
const LONGEST_STATEMENT = '10min';

/** For a lock that something else holds on one of the tables. */
const LONGEST_WAIT = '1min';

/** The database's view at the moment of the sealing's snapshot. Times in Unix seconds. */
export interface SealingMoment {
  readonly now: number;
  /** Last sealing, or the operator's later word, by which the clock is judged. */
  readonly baseline: number | undefined;
  readonly latestStart: number | undefined;
  /** On which database the last sealing ran, as {@link SealingRepository.databaseIdentity} tells them apart. */
  readonly database: string | undefined;
}

/** Reports that a sealing found pending, and of these what it could not take and what it could not decrypt. */
export interface PendingCounts {
  readonly pending: number;
  readonly left: number;
  readonly unreadable: number;
}

/** What a sealing made of what it found. */
interface SlotRecord extends PendingCounts {
  /** Regions of which something was published further up for want of reports. */
  readonly movedUp: number;
  /** Start of the slot since which the longest of what waits does. */
  readonly heldSince: number | undefined;
}

/** The latest sealed slot, as its sealing recorded it. Times in Unix seconds. */
export interface LatestSealing extends PendingCounts {
  readonly start: number;
  readonly sealedAt: number;
  readonly heldSince: number | undefined;
}

interface LatestRow {
  start: number;
  sealed_at: number;
  held_since: number | null;
  pending: number | null;
  waiting: number | null;
  unreadable: number | null;
}

/** What is known of several sealed slots together. */
export interface SlotSummary {
  readonly slots: number;
  /** Start of the first and of the last of them; null when there is none. */
  readonly first: number | null;
  readonly last: number | null;
  /** Slots in which a region's groups were published further up for want of reports, and how many regions those were. */
  readonly slotsMoved: number;
  readonly moved: number;
}

/** The tables `sealed_slot` and `clock_guard`, on the sealing's own connection. */
@Injectable()
export class SealingRepository {
  constructor(private readonly database: Database) {}

  /** Never waits; the lock goes with the connection, also when this process dies or keeps silent for too long. */
  async tryLock(connection: Connection): Promise<boolean> {
    const { rows } = await connection.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock($1) AS locked, set_config('idle_session_timeout', $2, false),
              set_config('idle_in_transaction_session_timeout', $2, false), set_config('statement_timeout', $3, false),
              set_config('lock_timeout', $4, false)`,
      [SEALING_LOCK, LONGEST_SILENCE, LONGEST_STATEMENT, LONGEST_WAIT],
    );
    return rows[0].locked;
  }

  /** Process id of the connection's backend, on the machine that Postgres runs on. */
  async processOf(connection: Connection): Promise<number> {
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return rows[0].pid;
  }

  /**
   * Differs after a restore from a dump, after recovery to a point in time and after a failover; not after a copy of the whole
   * disk was put back. Undefined where the database does not say. Outside a transaction.
   */
  async databaseIdentity(connection: Connection): Promise<string | undefined> {
    try {
      const { rows } = await connection.query<{ identity: string }>(
        `SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
                (SELECT oid FROM pg_database WHERE datname = current_database())) AS identity`,
      );
      return rows[0].identity;
    } catch {
      return undefined;
    }
  }

  /** The first statement of the transaction: it takes the snapshot, and the time after it. */
  async moment(connection: Connection): Promise<SealingMoment> {
    const { rows } = await connection.query<{
      now: number;
      baseline: number | null;
      start: number | null;
      database: string | null;
    }>(`
      SELECT extract(epoch FROM cen_now())::float8 AS now,
             (SELECT extract(epoch FROM baseline)::float8 FROM clock_guard) AS baseline,
             (SELECT database FROM clock_guard) AS database,
             (SELECT max(start)::float8 FROM sealed_slot) AS start`);
    const [{ now, baseline, start, database }] = rows;
    return {
      now,
      baseline: baseline ?? undefined,
      latestStart: start ?? undefined,
      database: database ?? undefined,
    };
  }

  /** Records the slot as sealed, unless that one or a later one is already: then false. */
  async insertSlot(connection: Connection, start: number, sealedAt: number): Promise<boolean> {
    const { rowCount } = await connection.query(
      `INSERT INTO sealed_slot (start, sealed_at)
       SELECT $1::bigint, to_timestamp($2::float8) WHERE NOT EXISTS (SELECT FROM sealed_slot WHERE start >= $1::bigint)`,
      [start, sealedAt],
    );
    return rowCount === 1;
  }

  /**
   * What came of a slot. The counts of earlier slots go: a row of them would tell how uploads came in over time; and since when something
   * waited: in a small system that is when one report came. Of what moved up nothing
   * finer than the number: which regions they were would tell where few have reported.
   */
  async record(connection: Connection, start: number, slot: SlotRecord): Promise<void> {
    await connection.query(
      `UPDATE sealed_slot SET pending = NULL, waiting = NULL, unreadable = NULL, held_since = NULL
       WHERE start < $1 AND (pending IS NOT NULL OR held_since IS NOT NULL)`,
      [start],
    );
    await connection.query(
      'UPDATE sealed_slot SET pending = $2, waiting = $3, unreadable = $4, moved_up = $5, held_since = $6 WHERE start = $1',
      [start, slot.pending, slot.left, slot.unreadable, slot.movedUp, slot.heldSince],
    );
  }

  /** Makes a slot one that published nothing, so that the next batches have a later one. */
  async passOver(connection: Connection, moment: SealingMoment, database?: string): Promise<void> {
    await this.setBaseline(connection, moment.now, database);
    await this.announce(connection);
  }

  /** The slots sealed since `from`. */
  async summary(from: number): Promise<SlotSummary> {
    const { rows } = await this.database.pool.query<SlotSummary>(
      `SELECT count(*)::int AS slots, min(start)::float8 AS first, max(start)::float8 AS last,
              (count(*) FILTER (WHERE moved_up > 0))::int AS "slotsMoved", coalesce(sum(moved_up), 0)::int AS moved
       FROM sealed_slot WHERE start >= $1`,
      [from],
    );
    return rows[0];
  }

  /** The clock is trusted as of `seconds`. @param database {@link databaseIdentity}; undefined leaves what is known of it */
  async setBaseline(connection: Pick<Database['pool'], 'query'>, seconds: number, database?: string): Promise<void> {
    await connection.query(
      `INSERT INTO clock_guard (baseline, database) VALUES (to_timestamp($1::float8), $2)
       ON CONFLICT (singleton) DO UPDATE
       SET baseline = excluded.baseline, database = coalesce(excluded.database, clock_guard.database)`,
      [seconds, database],
    );
  }

  /** The latest sealed slot stays, whatever its age: the next one must be later. */
  async forgetSlotsBefore(connection: Connection, start: number): Promise<void> {
    await connection.query(
      'DELETE FROM sealed_slot WHERE start < $1 AND start < (SELECT max(start) FROM sealed_slot)',
      [start],
    );
  }

  /** Domain time in Unix seconds. */
  async now(): Promise<number> {
    const { rows } = await this.database.pool.query<{ now: number }>(
      'SELECT extract(epoch FROM cen_now())::float8 AS now',
    );
    return rows[0].now;
  }

  /** The latest sealing, whichever replica did it. */
  async latest(): Promise<LatestSealing | undefined> {
    const { rows } = await this.database.pool.query<LatestRow>(
      `SELECT start::float8 AS start, extract(epoch FROM sealed_at)::float8 AS sealed_at, held_since::float8 AS held_since,
              pending, waiting, unreadable
       FROM sealed_slot ORDER BY start DESC LIMIT 1`,
    );
    return rows.map(toLatest).at(0);
  }

  /** Tells the other replicas, when the transaction commits. */
  async announce(connection: Connection): Promise<void> {
    await connection.query('NOTIFY cen_sealed');
  }
}

/** Slots that an older build sealed have no counts. */
function toLatest(row: LatestRow): LatestSealing {
  return {
    start: row.start,
    sealedAt: row.sealed_at,
    heldSince: row.held_since ?? undefined,
    pending: row.pending ?? 0,
    left: row.waiting ?? 0,
    unreadable: row.unreadable ?? 0,
  };
}
