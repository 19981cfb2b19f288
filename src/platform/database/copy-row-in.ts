import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** "PGCOPY\\n\\377\\r\\n\\0", flags and length of the header extension, both zero. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const PIECE_BYTES = 1024 * 1024;

/** Instead of a length. */
const NULL_LENGTH = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** In Postgres' binary form, in one piece or in several. */
type Column = Uint8Array | readonly Uint8Array[] | null;

/** One that is still in the making is asked for when all before it have gone out. */
type ColumnToCome = () => Promise<Column>;

/**
 * Inserts one row, its columns as bytes in Postgres' binary form or null, by `COPY … (FORMAT binary)`. Long columns go out
 * piece by piece from where they lie: as parameters of an INSERT they are copied two and a half times. Table and columns must be
 * constants.
 * @see https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT
 */
export async function copyRowIn(
  connection: Client,
  table: string,
  row: Readonly<Record<string, Column | ColumnToCome>>,
): Promise<void> {
  const columns = Object.keys(row).join(', ');
  const stream = connection.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(encode(Object.values(row)), { objectMode: false }), stream);
}

/** A whole number as `int2`, `int4` or `int8`. */
export function binaryInteger(value: number | bigint, bytes: 2 | 4 | 8): Buffer {
  const encoded = Buffer.alloc(8);
  encoded.writeBigInt64BE(BigInt(value));
  return encoded.subarray(8 - bytes);
}

async function* encode(columns: readonly (Column | ColumnToCome)[]): AsyncGenerator<Uint8Array> {
  yield HEADER;
  yield binaryInteger(columns.length, 2);
  for (const column of columns) yield* encodeColumn(typeof column === 'function' ? await column() : column);
  yield TRAILER;
}

function* encodeColumn(column: Column): Generator<Uint8Array> {
  if (column === null) {
    yield NULL_LENGTH;
    return;
  }
  const pieces = column instanceof Uint8Array ? [column] : column;
  yield binaryInteger(
    pieces.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES);
  }
}
