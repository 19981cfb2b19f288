import { Injectable } from '@nestjs/common';
import { type Connection, Database } from '../../platform/database/index.js';
import type { RegionId } from '../../regions/index.js';
import { DAY_SECONDS, formatDay } from '../slot.js';
import type { Encoding, FileEntry } from './batch.repository.js';
import { ENCODING_CODE } from './batch-pieces.js';

/** A day bundle as an index lists it: all batches of a region in one UTC day, one after another. */
export interface DayBundle {
  readonly region: RegionId;
  /** Unix second at which the UTC day starts. */
  readonly day: number;
  readonly count: number;
  readonly batches: number;
  readonly compact: FileEntry;
  /** Absent when some batch of the day has no full encoding. */
  readonly full: FileEntry | undefined;
}

interface Row {
  day: number;
  count: number;
  batches: number;
  compact_bytes: number;
  compact_sha256: Buffer;
  full_bytes: number | null;
  full_sha256: Buffer | null;
}

const COLUMNS = `extract(epoch FROM day)::float8 AS day, count::float8 AS count, batches,
  compact_bytes::float8 AS compact_bytes, compact_sha256, full_bytes::float8 AS full_bytes, full_sha256`;

/** The table `day_bundle`: what is known of each finished day; the bytes themselves are those of its batches. */
@Injectable()
export class DayBundleRepository {
  constructor(private readonly database: Database) {}

  async insert(connection: Connection, bundle: DayBundle): Promise<void> {
    const { region, day, count, batches, compact, full } = bundle;
    await connection.query(
      `INSERT INTO day_bundle (day, region, count, batches, compact_bytes, compact_sha256, full_bytes, full_sha256)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [formatDay(day), region.toString(), count, batches, compact.bytes, compact.sha256, full?.bytes, full?.sha256],
    );
  }

  /**
   * Writes the bundles of all regions whose files of a UTC day are at most `bytes` together, on the sealing's connection. Postgres
   * puts the files of one region after another into one value to hash them, so `bytes` bounds its memory, and must stay far below
   * the 1 GB that a value may have.
   */
  async insertUpTo(connection: Connection, day: number, bytes: number): Promise<void> {
    await connection.query(
      `INSERT INTO day_bundle (day, region, count, batches, compact_bytes, compact_sha256, full_bytes, full_sha256)
       SELECT $1, region, sum(count), count(*), sum(compact_bytes),
              sha256(string_agg(${fileOf('compact')}, '' ORDER BY slot_start, part)),
              CASE WHEN bool_and(full_bytes IS NOT NULL) THEN sum(full_bytes) END,
              CASE WHEN bool_and(full_bytes IS NOT NULL) THEN sha256(string_agg(${fileOf('full')}, '' ORDER BY slot_start, part)) END
       FROM batch
       WHERE slot_start >= $2 AND slot_start < $3 AND region IN (
         SELECT region FROM batch WHERE slot_start >= $2 AND slot_start < $3
         GROUP BY region HAVING sum(compact_bytes + coalesce(full_bytes, 0)) <= $4)
       GROUP BY region`,
      [formatDay(day), day, day + DAY_SECONDS, bytes],
    );
  }

  /** The bundles of a region of these UTC days, in order. Days one by one: the table's key begins with them. */
  async list(region: RegionId, days: readonly number[]): Promise<DayBundle[]> {
    const { rows } = await this.database.pool.query<Row>(
      `SELECT ${COLUMNS} FROM day_bundle WHERE region = $1 AND day = ANY($2::date[]) ORDER BY day`,
      [region.toString(), days.map(formatDay)],
    );
    return rows.map((row) => toBundle(region, row));
  }

  async find(region: RegionId, day: number): Promise<DayBundle | undefined> {
    const { rows } = await this.database.pool.query<Row>(
      `SELECT ${COLUMNS} FROM day_bundle WHERE region = $1 AND day = $2`,
      [region.toString(), formatDay(day)],
    );
    return rows.map((row) => toBundle(region, row)).at(0);
  }

  /** Whether a UTC day has bundles, on the sealing's connection: then nothing may be added to the day. */
  async hasDay(connection: Connection, day: number): Promise<boolean> {
    const { rowCount } = await connection.query('SELECT FROM day_bundle WHERE day = $1 LIMIT 1', [formatDay(day)]);
    return rowCount === 1;
  }

  async deleteBefore(day: number): Promise<void> {
    await this.database.pool.query('DELETE FROM day_bundle WHERE day < $1', [formatDay(day)]);
  }
}

/** A file of the row of `batch` at hand, from its pieces. */
function fileOf(encoding: Encoding): string {
  return `(SELECT string_agg(bytes, '' ORDER BY n) FROM batch_piece AS piece
    WHERE piece.slot_start = batch.slot_start AND piece.region = batch.region AND piece.part = batch.part
      AND piece.encoding = ${ENCODING_CODE[encoding]})`;
}

function toBundle(region: RegionId, row: Row): DayBundle {
  return {
    region,
    day: row.day,
    count: row.count,
    batches: row.batches,
    compact: { bytes: row.compact_bytes, sha256: row.compact_sha256 },
    full:
      row.full_bytes === null || row.full_sha256 === null
        ? undefined
        : { bytes: row.full_bytes, sha256: row.full_sha256 },
  };
}
