import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { report, sync, SyncError } from './index.js';
import { FakeServer, rootKeyText } from './testing/fake-server.js';
import { randomCens } from './testing/seal.js';

/** What a server in memory cannot show: the platform's own `fetch`, real streams, a connection that breaks. */
describe('over HTTP', () => {
  const fake = new FakeServer(Math.floor(Date.now() / 1000));
  const start = fake.now - (fake.now % 3600) - 7200;
  const cens = randomCens(50_000);
  fake.publish(0n, start, cens);
  let http: Server;
  let other: Server;
  let elsewhere: string;
  let askedElsewhere = 0;
  let baseUrl: string;
  let breakAfter = Infinity;
  let received = 0;
  let redirected: string | undefined;

  beforeAll(async () => {
    http = createServer((request, response) => {
      if (request.url === redirected) {
        response.writeHead(302, { Location: elsewhere }).end();
        return;
      }
      if (request.method === 'POST') {
        request.on('data', (chunk: Buffer) => (received += chunk.length));
        request.on('end', () => response.writeHead(202).end('{"status":"accepted"}'));
        return;
      }
      void fake.fetch(`http://fake${request.url}`, { headers: request.headers as HeadersInit }).then((answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        if (!answer.body) return response.end();
        let sent = 0;
        const body = Readable.fromWeb(answer.body as NodeStream);
        return body
          .on('data', (chunk: Buffer) => {
            if ((sent += chunk.length) > breakAfter)
              response.write(chunk.subarray(0, 1000), () => request.socket.destroy());
            else response.write(chunk);
          })
          .on('end', () => response.end());
      });
    });
    other = createServer((_, response) => {
      askedElsewhere++;
      response.end('{}');
    });
    baseUrl = await listening(http);
    elsewhere = await listening(other);
  });

  afterAll(async () => {
    for (const server of [http, other]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const options = () => ({
    baseUrl,
    rootKey: rootKeyText,
    places: [],
    observations: [{ cen: cens.slice(16, 32), observedAt: start }],
  });

  it('syncs, and says so when the connection breaks', async () => {
    breakAfter = 10_000;
    const broken: unknown = await sync(options()).catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(SyncError);
    expect(broken).toMatchObject({ code: 'network', matches: [] });
    breakAfter = Infinity;
    const { matches, downloaded } = await sync({ ...options(), cursor: (broken as SyncError).cursor });
    expect(matches).toHaveLength(1);
    expect(downloaded.cens).toBe(50_000);
  });

  it.each(['/v1', '/v1/keys', '/v1/regions/world', `/v1/regions/world/batches/${start}-0.compact`])(
    'tells no other host where the phone was when %s is redirected there',
    async (path) => {
      redirected = path;
      const error: unknown = await sync(options()).catch((reason: unknown) => reason);
      redirected = undefined;
      expect(error).toMatchObject({ name: 'SyncError', code: 'network' });
      expect(askedElsewhere).toBe(0);
    },
  );

  it('reports', async () => {
    const credential = { kind: 'permission', number: '482199370156' } as const;
    const groups = [{ cell: 'world', cens }];
    expect(await report({ baseUrl, credential, groups })).toEqual({ status: 'accepted' });
    expect(received).toBe(1024 * 1024);
  });
});

/** The origin at which it listens from now on. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
