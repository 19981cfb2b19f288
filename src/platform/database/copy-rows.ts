import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** Signature (11 bytes), flags and length of the header extension, which Postgres leaves empty. */
const HEADER_BYTES = 19;
const FIELD_COUNT_BYTES = 2;
const FIELD_LENGTH_BYTES = 4;
const TRAILER = -1;

/**
 * The rows of a query, each a list of its columns as bytes in Postgres' binary form, by `COPY … (FORMAT binary)`: five
 * times as fast for packed bytes as text. `query` must be a constant or made of trusted values: COPY takes no parameters.
 * A row's bytes are good until the next row: it may lie in the same memory.
 * @see https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT
 */
export async function* copyRows(connection: ClientBase, query: string): AsyncGenerator<Buffer[]> {
  const stream = connection.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const memory = new RowMemory();
  const reader = new ChunkReader(stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>, memory);
  await reader.gather(HEADER_BYTES);
  for (;;) {
    const fields = (reader.take(FIELD_COUNT_BYTES) ?? (await reader.gather(FIELD_COUNT_BYTES))).readInt16BE();
    if (fields === TRAILER) break;
    memory.reuse();
    const row: Buffer[] = [];
    for (let field = 0; field < fields; field++) {
      const head = reader.take(FIELD_LENGTH_BYTES) ?? (await reader.gather(FIELD_LENGTH_BYTES));
      const length = Math.max(0, head.readInt32BE());
      row.push(reader.take(length) ?? (await reader.gather(length)));
    }
    yield row;
  }
  await reader.drain();
}

/** Hands out exactly as many bytes as asked for, whatever the pieces that they arrive in. */
class ChunkReader {
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    private readonly chunks: AsyncIterator<Buffer>,
    private readonly memory: RowMemory,
  ) {}

  /** Where they lie, if they are there already: short rows would otherwise wait more than they are worked on. */
  take(length: number): Buffer | undefined {
    if (this.rest.length < length) return undefined;
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** Copied together, as they come. */
  async gather(length: number): Promise<Buffer> {
    const gathered = this.memory.take(length);
    for (let at = 0; at < length;) {
      if (this.rest.length === 0) this.rest = await this.nextChunk();
      const copied = this.rest.copy(gathered, at);
      this.rest = this.rest.subarray(copied);
      at += copied;
    }
    return gathered;
  }

  /** Reads to the end, so that the connection is free for the next statement. */
  async drain(): Promise<void> {
    while (!(await this.chunks.next()).done);
  }

  private async nextChunk(): Promise<Buffer> {
    const { value, done } = await this.chunks.next();
    if (done) throw new Error('the COPY ended in the middle of a row');
    return value;
  }
}

/** The same memory for each row: what long rows would leave to the garbage collector takes it longer than copying took. */
class RowMemory {
  private memory = Buffer.alloc(0);
  private used = 0;

  /** What was handed out since is not in use any more. */
  reuse(): void {
    this.used = 0;
  }

  take(length: number): Buffer {
    // Fields of this row that lie in the old memory keep it.
    if (this.memory.length < this.used + length) {
      this.memory = Buffer.allocUnsafeSlow(this.used + length);
      this.used = 0;
    }
    const taken = this.memory.subarray(this.used, this.used + length);
    this.used += length;
    return taken;
  }
}
