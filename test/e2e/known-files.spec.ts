import { PublishedFiles } from '../../src/cens/batches/published-files.js';
import { DomainClock } from '../../src/platform/clock/index.js';
import { type HttpAnswer, type HttpRequest, json } from '../support/http-client.js';
import { randomCens } from '../support/packed-report.js';
import { indexOf } from '../support/published.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const DAY = 86_400;
const TODAY = Math.floor(NOON / DAY) * DAY;
const EXPIRES_AT = TODAY + 21 * DAY;

let server: TestServer;
/** Paths and ETags of the batch and the bundle of one day, in both encodings. */
let files: [path: string, etag: string][];

beforeAll(async () => {
  // As in production, where the floor adds a hook of its own.
  server = await startTestServer({ settings: { RESPONSE_FLOOR_MS: '20' } });
  await server.seal();
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell: 0n, cens: randomCens(5) }] })).status).toBe(202);
  await server.moveClockTo(NOON + 3600);
  await server.seal();
  await server.moveClockTo(TODAY + DAY + 3700);
  await server.seal();
  const { batches, days } = indexOf(await server.get('/v1/regions/world'));
  files = [...batches, ...days]
    .flatMap(({ encodings }) => Object.values(encodings))
    .map(({ url, sha256 }) => [url, `"${sha256}"`]);
  expect(files).toHaveLength(4);
  for (const [path] of files) expect((await server.get(path)).status).toBe(200);
});

afterAll(() => server.close());
afterEach(() => jest.restoreAllMocks());

/** An answer without its date, and how often the controller looked for a file meanwhile. */
async function observe(wanted: HttpRequest): Promise<{ answer: HttpAnswer; reads: number }> {
  const published = server.app.get(PublishedFiles);
  const spies = [jest.spyOn(published, 'batch'), jest.spyOn(published, 'dayBundle')];
  const { status, headers, body } = await server.request(wanted);
  const reads = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return { answer: { status, headers: { ...headers, date: undefined }, body }, reads };
}

function holdClock(at: number): void {
  jest.spyOn(server.app.get(DomainClock), 'now').mockReturnValue(at);
}

describe('a known file that lies in memory', () => {
  it('is answered before the controller, and byte for byte as by the controller', async () => {
    holdClock(TODAY + DAY + 4000.5);
    for (const [path, etag] of files) {
      const ignored: [name: string, value: string][] = [
        ['origin', 'https://app.example'],
        ['if-none-match', '"other"'],
        ['if-range', etag],
        ['accept', 'text/html'],
      ];
      for (const [name, value] of ignored) {
        const headers = { [name]: value, origin: 'https://app.example' };
        const early = await observe({ path, headers });
        const late = await observe({ path: `${path}?`, headers });
        expect([early.reads, late.reads]).toEqual([0, 1]);
        expect(early.answer).toEqual(late.answer);
        expect(early.answer).toMatchObject({
          status: 200,
          headers: { etag, 'content-type': 'application/vnd.cen.batch' },
        });
      }
    }
  });

  it('is left to the controller where a part of it is asked for, or nothing but its headers', async () => {
    const [path] = files[0]!;
    const part = await observe({ path, headers: { range: 'bytes=0-3' } });
    expect([part.reads, part.answer.status, part.answer.body.length]).toEqual([1, 206, 4]);
    const head = await observe({ method: 'HEAD', path });
    expect([head.reads, head.answer.status, head.answer.body.length]).toEqual([1, 200, 0]);
    const encoded = await observe({ path, headers: { 'content-encoding': 'gzip' } });
    expect(encoded.answer.status).toBe(415);
  });

  it('is served in the last second of its retention, and gone from then on', async () => {
    for (const [path] of files) {
      holdClock(EXPIRES_AT - 0.001);
      const last = await observe({ path });
      expect([last.reads, last.answer.status, last.answer.headers['cache-control']]).toEqual([
        0,
        200,
        'public, max-age=0, immutable',
      ]);
      holdClock(EXPIRES_AT);
      const gone = await server.get(path);
      expect([gone.status, json(gone)['code']]).toEqual([410, 'batch-expired']);
    }
  });
});

describe('asking whether a known file has changed', () => {
  it('is answered before the controller, and header for header as by the controller', async () => {
    holdClock(TODAY + DAY + 4000.5);
    for (const [path, etag] of files) {
      for (const tags of [etag, `"other", W/${etag}`, '*']) {
        for (const method of ['GET', 'HEAD']) {
          const headers = { 'if-none-match': tags, origin: 'https://app.example' };
          const early = await observe({ method, path, headers });
          // No other spelling of the URL is known.
          const late = await observe({ method, path: `${path}?`, headers });
          expect([early.reads, late.reads]).toEqual([0, 1]);
          expect(early.answer).toEqual(late.answer);
          expect(early.answer.status).toBe(304);
          expect(early.answer.headers).toMatchObject({
            etag,
            'cache-control': `public, max-age=${EXPIRES_AT - (TODAY + DAY + 4001)}, immutable`,
            'access-control-allow-origin': '*',
          });
        }
      }
    }
  });

  it('is counted as any other request', async () => {
    const count = async () => {
      const line =
        /cen_http_request_seconds_count\{method="GET",route="\/v1\/regions\/:region\/batches\/:file",status="304"\} (\d+)/;
      return Number(line.exec((await server.get('/metrics')).body.toString())?.[1] ?? 0);
    };
    const before = await count();
    const [path, etag] = files[0]!;
    for (let i = 0; i < 3; i++) await server.get(path, { 'if-none-match': etag });
    expect((await count()) - before).toBe(3);
  });

  it('is 304 in the last second of its retention, and 410 from then on', async () => {
    for (const [path, etag] of files) {
      holdClock(EXPIRES_AT - 0.001);
      const last = await server.get(path, { 'if-none-match': etag });
      expect([last.status, last.headers['cache-control']]).toEqual([304, 'public, max-age=0, immutable']);
      holdClock(EXPIRES_AT);
      const gone = await server.get(path, { 'if-none-match': etag });
      expect([gone.status, json(gone)['code']]).toEqual([410, 'batch-expired']);
    }
  });

  it('is left to the controller where somebody has another file, a range or a method of their own', async () => {
    const [path, etag] = files[0]!;
    const asked = async (method: string, headers: Record<string, string>) =>
      (await server.request({ method, path, headers })).status;
    expect(await asked('GET', { 'if-none-match': '"other"' })).toBe(200);
    expect(await asked('GET', { 'if-none-match': '"other"', range: 'bytes=0-0' })).toBe(206);
    // RFC 9110 section 13.2.2: If-None-Match comes before Range.
    expect(await asked('GET', { 'if-none-match': etag, range: 'bytes=0-0' })).toBe(304);
    expect(await asked('POST', { 'if-none-match': etag })).toBe(await asked('POST', {}));
    expect(await asked('OPTIONS', { 'if-none-match': etag })).toBe(204);
  });
});

it('says nothing of a file that there is not', async () => {
  const [path] = files[0]!;
  const made = path.replace('-0.', '-1.');
  expect((await server.get(made, { 'if-none-match': '*' })).status).toBe(404);
});
