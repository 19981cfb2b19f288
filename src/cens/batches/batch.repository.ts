import { Injectable } from '@nestjs/common';
import {
  binaryInteger,
  type Connection,
  copyRowIn,
  copyRows,
  Database,
  type Transaction,
} from '../../platform/database/index.js';
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

/** Unix seconds, the second one not included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface NewBatch extends BatchName {
  readonly slotSeconds: number;
  readonly count: number;
  readonly sealedAt: number;
  /** May still be in the making while the full one is stored. */
  readonly compact: NewFile | Promise<NewFile>;
  readonly full: NewFile | undefined;
}

/** A file in pieces, which follow each other. */
export interface NewFile {
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  readonly sha256: Uint8Array;
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

/** Less than any region. */
const BEFORE_ALL: RegionId = -1n;

const FILE_COLUMN: Readonly<Record<Encoding, string>> = { compact: 'compact', full: 'full_file' };

/** The table `batch`. Files are packed bytes, so node-postgres. Nothing ever updates a row. */
@Injectable()
export class BatchRepository {
  constructor(private readonly database: Database) {}

  async insert(connection: Connection, batch: NewBatch): Promise<void> {
    await copyRowIn(connection, 'batch', {
      slot_start: binaryInteger(batch.start, 8),
      region: binaryInteger(batch.region, 8),
      part: binaryInteger(batch.part, 2),
      slot_seconds: binaryInteger(batch.slotSeconds, 4),
      count: binaryInteger(batch.count, 4),
      sealed_at: binaryInteger(batch.sealedAt, 8),
      full_file: batch.full?.pieces ?? null,
      full_sha256: batch.full?.sha256 ?? null,
      full_bytes: batch.full === undefined ? null : binaryInteger(batch.full.size, 4),
      compact: async () => (await batch.compact).pieces,
      compact_sha256: async () => (await batch.compact).sha256,
      compact_bytes: async () => binaryInteger((await batch.compact).size, 4),
    });
  }

  /** The batches of a region with slot starts in any of these spans, which do not overlap, in the order of (start, part). */
  async listWithin(region: RegionId, spans: readonly Span[]): Promise<BatchEntry[]> {
    const { rows } = await this.database.pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM unnest($2::bigint[], $3::bigint[]) AS span (since, until)
       JOIN batch ON region = $1 AND slot_start >= since AND slot_start < until ORDER BY slot_start, part`,
      [region.toString(), spans.map(({ from }) => from), spans.map(({ until }) => until)],
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
  async readSlice(name: BatchName, encoding: Encoding, from: number, length: number): Promise<Buffer | undefined> {
    const client = await this.database.pool.connect();
    try {
      const columns = `substring(${FILE_COLUMN[encoding]} FROM ${from + 1} FOR ${length})`;
      const [row] = await readBytes(client, columns, name);
      client.release();
      return row?.at(0);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Names and sizes of a region's batches of a UTC day, in bundle order. */
  async listDay(region: RegionId, day: number): Promise<BatchEntry[]> {
    const { rows } = await this.database.pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM batch WHERE region = $1 AND slot_start >= $2 AND slot_start < $3 ORDER BY slot_start, part`,
      [region.toString(), day, day + DAY_SECONDS],
    );
    return rows.map(toEntry);
  }

  /**
   * The names of all batches of the slots from `from` to `to`, by ascending slot, region and part, at most `limit` at a time: in
   * the order of the primary key, so that a piece costs its own rows alone. A slot is visible as a whole or not at all, so that it
   * does not matter that each piece is read by itself.
   */
  async *namesBetween(from: number, to: number, limit: number): AsyncGenerator<BatchName[]> {
    let after: BatchName = { start: from, region: BEFORE_ALL, part: 0 };
    for (let isMore = true; isMore;) {
      // The first bound leaves out partitions, which the second does not.
      const { rows } = await this.database.pool.query<[start: number, region: string, part: number]>({
        text: `SELECT slot_start::float8, region::text, part FROM batch
               WHERE slot_start >= $1 AND slot_start <= $2 AND (slot_start, region, part) > ($1, $3, $4)
               ORDER BY batch.slot_start, batch.region, batch.part LIMIT $5`,
        values: [after.start, to, after.region.toString(), after.part, limit],
        rowMode: 'array',
      });
      const piece = rows.map(([start, region, part]): BatchName => ({ start, region: BigInt(region), part }));
      if (piece.length > 0) yield piece;
      after = piece.at(-1) ?? after;
      isMore = piece.length === limit;
    }
  }

  /** Start of the oldest slot with a batch. */
  async oldestStart(): Promise<number | undefined> {
    const { rows } = await this.database.pool.query<{ start: number | null }>(
      'SELECT min(slot_start)::float8 AS start FROM batch',
    );
    return rows[0].start ?? undefined;
  }

  /** Regions whose files of a UTC day are more than `bytes` together, on the sealing's connection: also those that it has not committed yet. */
  async regionsAbove(connection: Connection, day: number, bytes: number): Promise<RegionId[]> {
    const { rows } = await connection.query<{ region: string }>(
      `SELECT region::text FROM batch WHERE slot_start >= $1 AND slot_start < $2
       GROUP BY region HAVING sum(compact_bytes + coalesce(full_bytes, 0)) > $3`,
      [day, day + DAY_SECONDS, bytes],
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
  async readFiles(connection: Connection, name: BatchName): Promise<{ compact: Buffer; full: Buffer | undefined }> {
    const [[compact, full]] = await readBytes(connection, 'compact, full_file', name);
    // A file is never empty: without bytes means NULL.
    return { compact, full: full.length === 0 ? undefined : full };
  }
}

/**
 * Columns of bytes of one batch, in binary: as text they are hex, which is twice as long and takes the main thread 5 ms a MB to
 * read.
 */
async function readBytes(
  client: Transaction,
  columns: string,
  { region, start, part }: BatchName,
): Promise<Buffer[][]> {
  // COPY takes no parameters. All three are numbers.
  const where = `slot_start = ${start} AND region = ${region} AND part = ${part}`;
  const rows: Buffer[][] = [];
  for await (const row of copyRows(client, `SELECT ${columns} FROM batch WHERE ${where}`)) rows.push(row);
  return rows;
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
