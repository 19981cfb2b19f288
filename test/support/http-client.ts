import http from 'node:http';
import net from 'node:net';

export interface HttpRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Buffer | string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: Buffer;
}

/** One request on a connection of its own: nothing is cached, decompressed or followed. */
export async function request(port: number, { method = 'GET', path, headers, body }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes the bytes to a socket as they are, and gives all the bytes that come back until the server closes. */
export async function rawExchange(port: number, bytes: Buffer | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(pieces)));
  });
}

/** The document of a JSON answer. */
export function json<Document = Record<string, unknown>>(answer: HttpAnswer): Document {
  return JSON.parse(answer.body.toString('utf8')) as Document;
}

/** Seconds of `max-age` in `Cache-Control`; NaN when there is none. */
export function maxAge({ headers }: Pick<HttpAnswer, 'headers'>): number {
  return Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1]);
}
