import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** "PGCOPY\\n\\377\\r\\n\\0", flags and length of the header extension, both zero. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Inserts rows by `COPY … (FORMAT binary)`: they go out as they lie, and Postgres puts many into a page at once. `rows` come in
 * chunks of whole rows in that format, about a megabyte each. Table and columns must be constants.
 * @see https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT
 */
export async function copyRowsIn(
  connection: Client,
  table: string,
  columns: string,
  rows: AsyncIterable<Uint8Array>,
): Promise<void> {
  const stream = connection.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(framed(rows), { objectMode: false }), stream);
}

async function* framed(rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield HEADER;
  yield* rows;
  yield TRAILER;
}
