import { DocumentError } from './documents/document-error.js';

/** `fetch`, or what an app puts in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** No answer came, or it broke off. Trying again later may help. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** An answer that is no success. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError';

  constructor(
    readonly status: number,
    readonly url: string,
  ) {
    super(`${status} for ${url}`);
  }
}

export interface ServerOptions {
  /** Where the server is, for example `https://cen.example.org`. */
  readonly baseUrl: string;
  readonly fetch?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The one server that a call talks to. Requests carry no cookies and no referrer, and the browser's cache keeps nothing:
 * what a phone fetches tells where its owner was. None is led elsewhere: a redirect is a failure.
 */
export class Server {
  readonly #base: URL;
  readonly #fetch: Fetch;

  constructor(private readonly options: ServerOptions) {
    this.#base = new URL(options.baseUrl);
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
  }

  /** Any answer; throws NetworkError if there is none, and the signal's reason if it was aborted. */
  async request(path: string, init: RequestInit): Promise<Response> {
    const { signal } = this.options;
    signal?.throwIfAborted();
    const url = this.#resolve(path);
    try {
      return await this.#fetch(url, {
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        ...(signal && { signal }),
        ...init,
      });
    } catch (error) {
      throw this.#reasonOf(error);
    }
  }

  /** An answer's body, piece by piece; failures become those of `request`. */
  async *body(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await this.#reading(reader.read());
        if (done) return;
        yield value;
      }
    } finally {
      // Whoever stops early stops the download; after the end this does nothing.
      await reader.cancel().catch(() => undefined);
    }
  }

  /**
   * All of an answer's body, in memory. Throws DocumentError `too-long` as soon as more than `mostBytes` come; failures become
   * those of `request`.
   */
  async bytes(response: Response, path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of response.body ? this.body(response.body) : []) {
      length += piece.length;
      if (length > mostBytes) throw new DocumentError('too-long', `${path} has more than ${mostBytes} bytes`);
      pieces.push(piece);
    }
    return concat(pieces, length);
  }

  /** Awaits something that reads from an answer's body; failures become those of `request`. */
  async #reading<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      throw this.#reasonOf(error);
    }
  }

  /** A path of this server. The documents name paths; one that leads to another host is not followed. */
  #resolve(path: string): string {
    const url = new URL(path, this.#base);
    if (url.origin !== this.#base.origin) {
      throw new DocumentError('foreign-url', `${path} leads away from ${this.#base.origin}`);
    }
    return url.href;
  }

  #reasonOf(error: unknown): unknown {
    if (this.options.signal?.aborted) return this.options.signal.reason;
    return new NetworkError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function concat(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}
