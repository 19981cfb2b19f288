import { Injectable } from '@nestjs/common';
import { type Connection, Database } from '../../platform/database/index.js';
import type { RegionId } from '../../regions/index.js';
import { DAY_SECONDS } from '../slot.js';

export type Encoding = 'compact' | 'full';

/** Names one batch: what its URL says. */
export interface BatchName {
  readonly region: RegionId;
  /** Unix second at which the slot starts. */
  readonly start: number;
  readonly part: number;
}

/** One encoding of a batch or a bundle as an index lists it. */
export interface FileEntry {
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** A batch without its files. */
export interface BatchEntry extends BatchName {
  readonly count: number;
  readonly sealedAt: number;
  readonly compact: FileEntry;
  readonly full: FileEntry | undefined;
}

export interface NewBatch extends BatchName {
  readonly slotSeconds: number;
  readonly count: number;
  readonly sealedAt: number;
  readonly compact: { readonly bytes: Uint8Array; readonly sha256: Uint8Array };
  readonly full: { readonly bytes: Uint8Array; readonly sha256: Uint8Array } | undefined;
}

interface EntryRow {
  region: string;
  start: number;
  part: number;
  count: number;
  sealed_at: number;
  compact_bytes: number;
  compact_sha256: Buffer;
  full_bytes: number | null;
  full_sha256: Buffer | null;
}

const ENTRY_COLUMNS = `region::text, slot_start::float8 AS start, part, count, sealed_at::float8 AS sealed_at,
  compact_bytes, compact_sha256, full_bytes, full_sha256`;

const FILE_COLUMN: Readonly<Record<Encoding, string>> = { compact: 'compact', full: 'full_file' };

/** The table `batch`. Files are packed bytes, so node-postgres. Nothing ever updates a row. */
@Injectable()
export class BatchRepository {
  constructor(private readonly database: Database) {}

  async insert(connection: Connection, batch: NewBatch): Promise<void> {
    await connection.query({
      name: 'insert-batch',
      text: `INSERT INTO batch (slot_start, region, part, slot_seconds, count, sealed_at, compact, compact_sha256, compact_bytes,
                                full_file, full_sha256, full_bytes)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      values: [
        batch.start,
        batch.region.toString(),
        batch.part,
        batch.slotSeconds,
        batch.count,
        batch.sealedAt,
        batch.compact.bytes,
        batch.compact.sha256,
        batch.compact.bytes.length,
        batch.full?.bytes,
        batch.full?.sha256,
        batch.full?.bytes.length,
      ],
    });
  }

  /** The batches of a region with slot starts from `from` on, in the order of (start, part). */
  async listSince(region: RegionId, from: number): Promise<BatchEntry[]> {
    const { rows } = await this.database.pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM batch WHERE region = $1 AND slot_start >= $2 ORDER BY slot_start, part`,
      [region.toString(), from],
    );
    return rows.map(toEntry);
  }

  async find({ region, start, part }: BatchName): Promise<BatchEntry | undefined> {
    const { rows } = await this.database.pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM batch WHERE slot_start = $1 AND region = $2 AND part = $3`,
      [start, region.toString(), part],
    );
    return rows.map(toEntry).at(0);
  }

  /** `length` bytes of one file; nothing when retention was faster. Cheap: the column is stored out of line, in pieces. */
  async readSlice(
    { region, start, part }: BatchName,
    encoding: Encoding,
    from: number,
    length: number,
  ): Promise<Buffer | undefined> {
    const { rows } = await this.database.pool.query<{ slice: Buffer | null }>(
      `SELECT substring(${FILE_COLUMN[encoding]} FROM $4 FOR $5) AS slice
       FROM batch WHERE slot_start = $1 AND region = $2 AND part = $3`,
      [start, region.toString(), part, from + 1, length],
    );
    return rows.at(0)?.slice ?? undefined;
  }

  /** Names and sizes of a region's batches of a UTC day, in bundle order. */
  async listDay(region: RegionId, day: number): Promise<BatchEntry[]> {
    const { rows } = await this.database.pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM batch WHERE region = $1 AND slot_start >= $2 AND slot_start < $3 ORDER BY slot_start, part`,
      [region.toString(), day, day + DAY_SECONDS],
    );
    return rows.map(toEntry);
  }

  /** The regions and slots with batches since `from`, and how many parts each has. */
  async partsSince(from: number): Promise<{ region: RegionId; start: number; parts: number }[]> {
    const { rows } = await this.database.pool.query<{ region: string; start: number; parts: number }>(
      `SELECT region::text, slot_start::float8 AS start, count(*)::int AS parts
       FROM batch WHERE slot_start >= $1 GROUP BY region, slot_start`,
      [from],
    );
    return rows.map(({ region, start, parts }) => ({ region: BigInt(region), start, parts }));
  }

  /** Start of the oldest slot with a batch. */
  async oldestStart(): Promise<number | undefined> {
    const { rows } = await this.database.pool.query<{ start: number | null }>(
      'SELECT min(slot_start)::float8 AS start FROM batch',
    );
    return rows[0].start ?? undefined;
  }

  /** Regions with batches in a UTC day, on the sealing's connection: also those that it has not committed yet. */
  async regionsOfDay(connection: Connection, day: number): Promise<RegionId[]> {
    const { rows } = await connection.query<{ region: string }>(
      'SELECT DISTINCT region::text FROM batch WHERE slot_start >= $1 AND slot_start < $2',
      [day, day + DAY_SECONDS],
    );
    return rows.map(({ region }) => BigInt(region));
  }

  /** Names of a region's batches of a UTC day in bundle order, on the sealing's connection. */
  async namesOfDay(connection: Connection, region: RegionId, day: number): Promise<(BatchName & { count: number })[]> {
    const { rows } = await connection.query<{ start: number; part: number; count: number }>(
      `SELECT slot_start::float8 AS start, part, count FROM batch
       WHERE region = $1 AND slot_start >= $2 AND slot_start < $3 ORDER BY slot_start, part`,
      [region.toString(), day, day + DAY_SECONDS],
    );
    return rows.map((row) => ({ region, ...row }));
  }

  /** Both files of one batch, on the sealing's connection. */
  async readFiles(
    connection: Connection,
    { region, start, part }: BatchName,
  ): Promise<{ compact: Buffer; full: Buffer | undefined }> {
    const { rows } = await connection.query<{ compact: Buffer; full_file: Buffer | null }>(
      'SELECT compact, full_file FROM batch WHERE slot_start = $1 AND region = $2 AND part = $3',
      [start, region.toString(), part],
    );
    return { compact: rows[0].compact, full: rows[0].full_file ?? undefined };
  }
}

function toEntry(row: EntryRow): BatchEntry {
  return {
    region: BigInt(row.region),
    start: row.start,
    part: row.part,
    count: row.count,
    sealedAt: row.sealed_at,
    compact: { bytes: row.compact_bytes, sha256: row.compact_sha256 },
    full:
      row.full_bytes === null || row.full_sha256 === null
        ? undefined
        : { bytes: row.full_bytes, sha256: row.full_sha256 },
  };
}
