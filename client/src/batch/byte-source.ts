import { BatchError } from './batch-error.js';

/** Where a batch file comes from: all of it, the body of a `fetch`, or any stream of pieces (a Node stream is one). */
export type ByteSource = Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface ByteLimits {
  /** Throws BatchError `too-long` as soon as more bytes than this come. */
  readonly mostBytes?: number;
  /** Is given every byte that is taken. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/** Hands out a stream of pieces of any size in pieces of the size asked for; holds what was asked for and one piece more. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  #received = 0;
  /** Where what comes in several pieces is put together, again and again. */
  #gathered: Uint8Array = new Uint8Array(0);

  constructor(
    source: ByteSource,
    private readonly limits: ByteLimits = {},
  ) {
    this.#pieces = pieces(source);
  }

  /** Bytes taken so far. */
  get taken(): number {
    return this.#received - this.#piece.length;
  }

  /** Exactly `length` bytes, valid until the next call. Throws BatchError `truncated` if the stream ends before. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = this.#piece.length >= length ? this.#cut(length) : await this.#gather(length);
    this.limits.onBytes?.(bytes);
    return bytes;
  }

  /** Whether all bytes have been taken. */
  async atEnd(): Promise<boolean> {
    return this.#piece.length === 0 && !(await this.#next());
  }

  /** Tells the source that nothing more is wanted of it, so that a download stops. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #cut(length: number): Uint8Array {
    const bytes = this.#piece.subarray(0, length);
    this.#piece = this.#piece.subarray(length);
    return bytes;
  }

  async #gather(length: number): Promise<Uint8Array> {
    if (this.#gathered.length < length) this.#gathered = new Uint8Array(length);
    const bytes = this.#gathered.subarray(0, length);
    for (let filled = 0; filled < length;) {
      if (this.#piece.length === 0 && !(await this.#next()))
        throw new BatchError('truncated', 'the file ends too early');
      const part = this.#cut(Math.min(this.#piece.length, length - filled));
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  /** Makes the next piece with anything in it the current one; false at the end. */
  async #next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#pieces.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#received += value.length;
      if (this.#received > (this.limits.mostBytes ?? Infinity)) {
        throw new BatchError('too-long', `more than the ${this.limits.mostBytes} bytes announced`);
      }
      this.#piece = value;
      return true;
    }
  }
}

function pieces(source: ByteSource): AsyncIterator<Uint8Array> {
  if (source instanceof Uint8Array) return single(source);
  // Not every browser can iterate a ReadableStream, but all of them can read one.
  return 'getReader' in source ? read(source) : source[Symbol.asyncIterator]();
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops early stops the download; after the end this does nothing.
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
