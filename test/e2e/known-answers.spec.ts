import { PublishedFiles } from '../../src/cens/batches/published-files.js';
import { RegionIndex } from '../../src/cens/batches/region-index.js';
import { DomainClock } from '../../src/platform/clock/index.js';
import { WORLD } from '../../src/regions/index.js';
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
/** They, and the index. */
let all: [path: string, etag: string][];

const INDEX = '/v1/regions/world';

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
  const index = await server.get(INDEX);
  const { batches, days } = indexOf(index);
  files = [...batches, ...days]
    .flatMap(({ encodings }) => Object.values(encodings))
    .map(({ url, sha256 }) => [url, `"${sha256}"`]);
  expect(files).toHaveLength(4);
  for (const [path] of files) expect((await server.get(path)).status).toBe(200);
  all = [...files, [INDEX, String(index.headers['etag'])]];
});

afterAll(() => server.close());
afterEach(() => jest.restoreAllMocks());

/** An answer without its date, and how often the controller looked for what it answers meanwhile. */
async function observe(wanted: HttpRequest): Promise<{ answer: HttpAnswer; reads: number }> {
  const published = server.app.get(PublishedFiles);
  const spies = [
    jest.spyOn(published, 'batch'),
    jest.spyOn(published, 'dayBundle'),
    jest.spyOn(server.app.get(RegionIndex), 'read'),
  ];
  const { status, headers, body } = await server.request(wanted);
  const reads = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return { answer: { status, headers: { ...headers, date: undefined }, body }, reads };
}

function holdClock(at: number): void {
  jest.spyOn(server.app.get(DomainClock), 'now').mockReturnValue(at);
}

const origin = 'https://app.example';

/** Asks before the controller, and again by a spelling of the URL that only the controller knows; the answer, which has to be one. */
async function answerOfBoth(path: string, headers: Record<string, string>): Promise<HttpAnswer> {
  const early = await observe({ path, headers });
  const late = await observe({ path: `${path}?`, headers });
  expect([early.reads, late.reads]).toEqual([0, 1]);
  expect(early.answer).toEqual(late.answer);
  return early.answer;
}

describe('what is known and lies in memory', () => {
  it('is answered before the controller, and byte for byte as by the controller', async () => {
    holdClock(TODAY + DAY + 4000.5);
    for (const [path, etag] of all) {
      const ignored: Record<string, string>[] = [
        {},
        { 'if-none-match': '"other"' },
        { 'if-range': etag },
        { accept: 'text/html' },
      ];
      for (const headers of ignored) {
        expect(await answerOfBoth(path, { ...headers, origin })).toMatchObject({
          status: 200,
          headers: {
            etag,
            'content-type': path === INDEX ? 'application/json; charset=utf-8' : 'application/vnd.cen.batch',
            'access-control-allow-origin': '*',
          },
        });
      }
    }
  });

  it('is not sent to who has it', async () => {
    holdClock(TODAY + DAY + 4000.5);
    for (const [path, etag] of all) {
      for (const tags of [etag, `"other", W/${etag}`, '*']) {
        const answer = await answerOfBoth(path, { 'if-none-match': tags, origin });
        expect([answer.status, answer.body.length]).toEqual([304, 0]);
        expect(answer.headers).toMatchObject({ etag, 'access-control-allow-origin': '*' });
      }
    }
  });

  it('has the age that it may reach in caches', async () => {
    holdClock(TODAY + DAY + 4000.5);
    const [path, etag] = files[0]!;
    const age = `public, max-age=${EXPIRES_AT - (TODAY + DAY + 4001)}, immutable`;
    expect((await answerOfBoth(path, {})).headers['cache-control']).toBe(age);
    expect((await answerOfBoth(path, { 'if-none-match': etag })).headers['cache-control']).toBe(age);
  });

  it('is counted as any other request', async () => {
    holdClock(TODAY + DAY + 4000.5);
    const counts = async () => {
      const lines = (await server.get('/metrics')).body
        .toString()
        .matchAll(/^cen_http_request_seconds_count\{(.*)\} (\d+)$/gm);
      return new Map([...lines].map(([, labels, count]) => [labels!, Number(count)]));
    };
    for (const [path, etag] of all) {
      for (const headers of [{}, { 'if-none-match': etag }] as Record<string, string>[]) {
        const before = await counts();
        // The first is early, the second the controller's: both go to the same series.
        await answerOfBoth(path, headers);
        const after = await counts();
        const grown = [...after].filter(([labels, count]) => count - (before.get(labels) ?? 0) === 2);
        expect(grown).toHaveLength(1);
      }
    }
  });
});

describe('a known file', () => {
  it('is left to the controller where a part of it is asked for, or nothing but its headers', async () => {
    const [path, etag] = files[0]!;
    const part = await observe({ path, headers: { range: 'bytes=0-3' } });
    expect([part.reads, part.answer.status, part.answer.body.length]).toEqual([1, 206, 4]);
    for (const [headers, status] of [
      [{}, 200],
      [{ 'if-none-match': etag }, 304],
    ] as const) {
      const head = await observe({ method: 'HEAD', path, headers });
      expect([head.reads, head.answer.status, head.answer.body.length]).toEqual([1, status, 0]);
    }
  });

  it('is not new because a part of it is asked for', async () => {
    const [path, etag] = files[0]!;
    const asked = async (headers: Record<string, string>) => (await server.get(path, headers)).status;
    expect(await asked({ 'if-none-match': '"other"', range: 'bytes=0-0' })).toBe(206);
    // RFC 9110 section 13.2.2: If-None-Match comes before Range.
    expect(await asked({ 'if-none-match': etag, range: 'bytes=0-0' })).toBe(304);
  });

  it('is served in the last second of its retention, and gone from then on', async () => {
    for (const [path, etag] of files) {
      for (const [headers, status] of [
        [{}, 200],
        [{ 'if-none-match': etag }, 304],
      ] as const) {
        holdClock(EXPIRES_AT - 0.001);
        const last = await observe({ path, headers });
        const age = last.answer.headers['cache-control'];
        expect([last.reads, last.answer.status, age]).toEqual([0, status, 'public, max-age=0, immutable']);
        holdClock(EXPIRES_AT);
        const gone = await server.get(path, headers);
        expect([gone.status, json(gone)['code']]).toEqual([410, 'batch-expired']);
      }
    }
  });
});

describe('a known index', () => {
  it('is no longer known when a day has passed its retention, or something was sealed', async () => {
    holdClock(EXPIRES_AT - 0.001);
    const last = indexOf(await server.get(INDEX));
    holdClock(EXPIRES_AT);
    const next = await observe({ path: INDEX });
    expect([next.reads, last.days.length, indexOf(next.answer).days.length]).toEqual([1, 1, 0]);

    holdClock(TODAY + DAY + 4000.5);
    const before = await answerOfBoth(INDEX, {});
    jest.restoreAllMocks();
    const [number] = await server.mint(1);
    await server.report({ number, groups: [{ cell: 0n, cens: randomCens(5) }] });
    await server.moveClockTo(TODAY + DAY + 7300);
    await server.seal();
    holdClock(TODAY + DAY + 7300.5);
    await server.get(INDEX);
    const sealed = await answerOfBoth(INDEX, { 'if-none-match': String(before.headers['etag']) });
    expect(sealed.status).toBe(200);
    expect(indexOf(sealed).batches.length).toBe(indexOf(before).batches.length + 1);
  });
});

it('leaves other methods, and whatever comes with a body, to the application', async () => {
  for (const [path, etag] of all) {
    const asked = async (method: string, headers: Record<string, string>) =>
      (await server.request({ method, path, headers })).status;
    expect(await asked('POST', { 'if-none-match': etag })).toBe(404);
    expect(await asked('OPTIONS', { 'if-none-match': etag })).toBe(204);
    expect(await asked('GET', { 'content-encoding': 'gzip' })).toBe(415);
    const headers = { 'content-type': 'application/json', 'content-length': '2' };
    const withBody = await observe({ path, headers, body: '{}' });
    expect([withBody.reads, withBody.answer.status]).toEqual([1, 200]);
  }
});

it('says nothing of a file or a region that there is not', async () => {
  const [path] = files[0]!;
  expect((await server.get(path.replace('-0.', '-1.'), { 'if-none-match': '*' })).status).toBe(404);
  expect((await server.get('/v1/regions/World', { 'if-none-match': '*' })).status).toBe(400);
});

it('answers nothing where the process does not serve the public', async () => {
  const staff = await startTestServer({ settings: { ROLES: 'admin' }, replicaOf: server });
  await staff.app.get(RegionIndex).read(WORLD);
  const isKnown = staff.app.get(RegionIndex).known(INDEX) !== undefined;
  const { status } = await staff.get(INDEX);
  await staff.close();
  expect([isKnown, status]).toEqual([true, 404]);
});
