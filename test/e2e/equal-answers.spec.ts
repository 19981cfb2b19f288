import { once } from 'node:events';
import { connect } from 'node:net';
import { Database } from '../../src/platform/database/index.js';
import { rawExchange } from '../support/http-client.js';
import { newIdempotencyKey, packReport, randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FLOOR_MS = 150;
const GOOD = packReport([{ cell: 0n, cens: randomCens(2) }]);

interface Upload {
  readonly authorization?: string;
  readonly mediaType?: string;
  readonly idempotencyKey?: string | undefined;
  readonly body?: Buffer | string;
  readonly origin?: string;
  /** As the trusted proxy says it. */
  readonly address?: string;
}

/** It has failed so often that it has to wait. */
const LIMITED = '192.0.2.9';
const SETTINGS = { TRUSTED_PROXY_HOPS: '1', FAILED_ATTEMPTS_BURST: '20', MAX_REPORT_CENS: '100' };

/** The bytes of the request as they go over the wire, on a connection that is closed after the answer. */
function rawUpload(upload: Upload): Buffer {
  const { authorization, mediaType = 'application/vnd.cen.report', body = GOOD } = upload;
  const key = 'idempotencyKey' in upload ? upload.idempotencyKey : newIdempotencyKey();
  const lines = [
    'POST /v1/reports HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    `Content-Type: ${mediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
    ...(key === undefined ? [] : [`Idempotency-Key: ${key}`]),
    ...(upload.origin === undefined ? [] : [`Origin: ${upload.origin}`]),
    ...(upload.address === undefined ? [] : [`X-Forwarded-For: ${upload.address}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

async function answer(server: TestServer, upload: Upload): Promise<{ status: number; bytes: Buffer; ms: number }> {
  const before = performance.now();
  const bytes = await rawExchange(server.port, rawUpload(upload));
  return { status: Number(bytes.toString('latin1', 9, 12)), bytes, ms: performance.now() - before };
}

/** Every kind of answer that protocol section 4 wants alike. */
async function everyKind(server: TestServer): Promise<[number, Upload][]> {
  const [live, used] = await server.mint(2);
  await server.injectReport({ number: used, body: GOOD });
  const badGroups = JSON.stringify({ groups: Array.from({ length: 50 }, () => ({ region: 1, ['k'.repeat(500)]: 2 })) });
  return [
    [202, { authorization: `Permission ${live}` }],
    [202, { authorization: 'Chaff 123456789012' }],
    [403, { authorization: `Permission ${used}` }],
    [401, {}],
    [401, { authorization: 'Bearer x' }],
    [400, { authorization: `Permission ${live}`, idempotencyKey: undefined }],
    [422, { authorization: `Permission ${live}`, body: Buffer.alloc(3) }],
    [422, { authorization: `Permission ${live}`, body: badGroups, mediaType: 'application/json' }],
    [422, { authorization: 'Permission 482199370157' }],
    [429, { address: LIMITED, authorization: `Permission ${live}` }],
    [429, { address: LIMITED, authorization: 'Chaff 123456789012' }],
    [429, { address: LIMITED, body: Buffer.alloc(3) }],
  ];
}

/** Has the limited network refused until it has to wait. */
async function exhaust(server: TestServer): Promise<void> {
  const [used] = await server.mint(1);
  await server.injectReport({ number: used, body: GOOD });
  const refuse = () =>
    server
      .injectReport({ number: used, body: GOOD, headers: { 'x-forwarded-for': LIMITED } })
      .then((got) => got.status);
  const statuses = await Promise.all(Array.from({ length: 21 }, refuse));
  expect(statuses.sort()).toEqual([...Array<number>(20).fill(403), 429]);
}

describe('with a floor, answers to uploads', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ settings: { RESPONSE_FLOOR_MS: String(FLOOR_MS), ...SETTINGS } });
    await exhaust(server);
  });
  afterAll(() => server.close());

  it.each([undefined, 'https://app.example'])(
    'have one size on the wire, headers included (origin %s)',
    async (origin) => {
      const sizes = new Map<number, string[]>();
      for (const [status, upload] of await everyKind(server)) {
        const got = await answer(server, { ...upload, ...(origin !== undefined && { origin }) });
        expect(got.status).toBe(status);
        sizes.set(got.bytes.length, [...(sizes.get(got.bytes.length) ?? []), `${status} ${upload.authorization}`]);
      }
      expect([...sizes.values()]).toHaveLength(1);
    },
  );

  it('are JSON documents all the same', async () => {
    for (const [status, upload] of await everyKind(server)) {
      const { bytes } = await answer(server, upload);
      const [head, body] = bytes.toString('utf8').split('\r\n\r\n') as [string, string];
      const document = JSON.parse(body) as Record<string, unknown>;
      expect(document['padding']).toMatch(/^0+$/);
      // Compressed by a proxy, they would be of different sizes again.
      expect(head.toLowerCase()).toContain('cache-control: no-store, no-transform\r\n');
      expect(head.toLowerCase()).toContain(`content-length: ${Buffer.byteLength(body)}`);
      expect(status === 202 ? document['status'] : document['code']).toEqual(expect.any(String));
    }
  });

  it('leave at a multiple of the floor, never before', async () => {
    for (const [status, upload] of await everyKind(server)) {
      const got = await answer(server, upload);
      expect([status, got.ms >= FLOOR_MS - 1]).toEqual([status, true]);
    }
  });

  it('leave after the whole body has come, also when the network may not upload at all', async () => {
    const [live] = await server.mint(1);
    for (const address of ['192.0.2.200', LIMITED]) {
      const upload = rawUpload({ authorization: `Permission ${live}`, address });
      const { first, whole, answered } = await inTwoParts(server.port, upload, 2 * FLOOR_MS);
      expect(first).toBe(0);
      expect(answered - whole).toBeGreaterThanOrEqual(FLOOR_MS - 1);
    }
  });

  it('leave at once when the size or the media type is refused', async () => {
    const refused: [number, Upload][] = [
      [415, { mediaType: 'text/plain' }],
      [413, { body: packReport([{ cell: 0n, cens: randomCens(101) }]) }],
    ];
    for (const [status, upload] of refused) {
      const times: number[] = [];
      for (let time = 0; time < 5; time++) {
        const got = await answer(server, { authorization: 'Chaff 000000000000', ...upload });
        expect(got.status).toBe(status);
        expect(got.bytes.length).toBeLessThan(2000);
        times.push(got.ms);
      }
      expect(Math.min(...times)).toBeLessThan(FLOOR_MS);
    }
  });

  it('count in a metric when they missed the first multiple, and leave at the second', async () => {
    const overruns = async () =>
      Number(/^cen_response_floor_overruns_total (\d+)/m.exec((await server.get('/metrics')).body.toString())?.[1]);
    const before = await overruns();
    const [number] = await server.mint(1);
    const blocker = await server.app.get(Database).connect();
    await blocker.query('BEGIN; LOCK TABLE permission_number IN ACCESS EXCLUSIVE MODE');
    const late = answer(server, { authorization: `Permission ${number}` });
    await new Promise((resolve) => setTimeout(resolve, FLOOR_MS + 40));
    await blocker.query('COMMIT');
    await blocker.end();
    const { status, ms } = await late;
    expect(status).toBe(202);
    expect(ms).toBeGreaterThanOrEqual(2 * FLOOR_MS - 1);
    expect(await overruns()).toBeGreaterThan(before);
  });
});

describe('without a floor, answers to uploads', () => {
  it('are neither padded nor held', async () => {
    const server = await startTestServer({ settings: SETTINGS });
    try {
      await exhaust(server);
      const sizes = new Set<number>();
      const times: number[] = [];
      for (const [status, upload] of await everyKind(server)) {
        const got = await answer(server, upload);
        expect(got.status).toBe(status);
        expect(got.bytes.toString()).not.toContain('padding');
        sizes.add(got.bytes.length);
        times.push(got.ms);
      }
      expect(sizes.size).toBeGreaterThan(3);
      expect(Math.min(...times)).toBeLessThan(FLOOR_MS);
    } finally {
      await server.close();
    }
  });
});

/**
 * Sends a request but for its last byte, and that one `pause` ms later.
 * @returns bytes of the answer that came before, and when the request was whole and the answer there
 */
async function inTwoParts(port: number, request: Buffer, pause: number) {
  const socket = connect(port, '127.0.0.1');
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
  socket.write(request.subarray(0, -1));
  await new Promise((resolve) => setTimeout(resolve, pause));
  const first = bytes;
  const whole = performance.now();
  socket.write(request.subarray(-1));
  await once(socket, 'close');
  return { first, whole, answered: performance.now() };
}
