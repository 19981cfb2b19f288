import { Injectable } from '@nestjs/common';
import { type Connection, copyRows, copyRowsIn, Database, type Transaction } from '../../platform/database/index.js';
import type { RegionId } from '../../regions/index.js';
import { DAY_SECONDS } from '../slot.js';
import { ENCODING_CODE, type NewFile, PIECE_BYTES, PIECE_COLUMNS, pieceRows } from './batch-pieces.js';

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

const SELECT_ENTRY = `SELECT ${ENTRY_COLUMNS} FROM batch WHERE slot_start = $1 AND region = $2 AND part = $3`;

/** Less than any region. */
const BEFORE_ALL: RegionId = -1n;

/** The tables `batch` and `batch_piece`. Files are packed bytes, so node-postgres. Nothing ever updates a row. */
@Injectable()
export class BatchRepository {
  constructor(private readonly database: Database) {}

  /** In the caller's transaction: a batch is visible with all its pieces or not at all. */
  async insert(connection: Connection, batch: NewBatch): Promise<void> {
    await copyRowsIn(connection, 'batch_piece', PIECE_COLUMNS, rowsOf(batch));
    const { region, start, part, slotSeconds, count, sealedAt, full } = batch;
    const compact = await batch.compact;
    await connection.query(
      `INSERT INTO batch (slot_start, region, part, slot_seconds, count, sealed_at,
                          compact_sha256, compact_bytes, full_sha256, full_bytes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[start, region.toString(), part, slotSeconds, count, sealedAt],
        ...[await compact.sha256, compact.size, await full?.sha256, full?.size],
      ],
    );
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

  async find(name: BatchName): Promise<BatchEntry | undefined> {
    const { rows } = await this.database.pool.query<EntryRow>(SELECT_ENTRY, keyOf(name));
    return rows.map(toEntry).at(0);
  }

  /** `length` bytes of one file; nothing when retention was faster. Reads the pieces that hold them alone. */
  async readSlice(name: BatchName, encoding: Encoding, from: number, length: number): Promise<Buffer | undefined> {
    const client = await this.database.pool.connect();
    try {
      const slice = await readSlice(client, name, encoding, from, length);
      client.release();
      return slice;
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
    const { rows } = await connection.query<EntryRow>(SELECT_ENTRY, keyOf(name));
    const { compact, full } = toEntry(rows[0]);
    const read = async (encoding: Encoding, { bytes }: FileEntry): Promise<Buffer> => {
      const file = await readSlice(connection, name, encoding, 0, bytes);
      if (file === undefined) throw new Error(`A stored batch lacks pieces of its ${encoding} file.`);
      return file;
    };
    return { compact: await read('compact', compact), full: full && (await read('full', full)) };
  }
}

/** Full before compact, which may still be in the making. */
async function* rowsOf({ region, start, part, ...batch }: NewBatch): AsyncGenerator<Uint8Array> {
  const name = { region, start, part };
  if (batch.full !== undefined) yield* pieceRows({ ...name, encoding: 'full' }, batch.full);
  yield* pieceRows({ ...name, encoding: 'compact' }, await batch.compact);
}

/**
 * Piece by piece into one buffer. In binary: as text bytes are hex, which is twice as long and takes the main thread 5 ms a MB
 * to read.
 */
async function readSlice(
  client: Transaction,
  { region, start, part }: BatchName,
  encoding: Encoding,
  from: number,
  length: number,
): Promise<Buffer | undefined> {
  const first = Math.floor(from / PIECE_BYTES);
  const last = Math.floor((from + length - 1) / PIECE_BYTES);
  // COPY takes no parameters. All are numbers.
  const pieces = copyRows(
    client,
    `SELECT bytes FROM batch_piece WHERE slot_start = ${start} AND region = ${region} AND part = ${part}
       AND encoding = ${ENCODING_CODE[encoding]} AND n BETWEEN ${first} AND ${last} ORDER BY n`,
  );
  const slice = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  let skipped = from - first * PIECE_BYTES;
  for await (const [piece] of pieces) {
    filled += piece.copy(slice, filled, skipped);
    skipped = 0;
  }
  return filled === length ? slice : undefined;
}

function keyOf({ start, region, part }: BatchName): unknown[] {
  return [start, region.toString(), part];
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
