import { latLngToCell, cellToParent } from 'h3-js';
import { decodeBatch } from 'cen-client';
import { type HttpAnswer, json, maxAge } from '../support/http-client.js';
import { hexCens, randomCens } from '../support/packed-report.js';
import {
  type FileJson,
  indexOf,
  keyIdOf,
  type KeysJson,
  readBatchFile,
  readBundle,
  sha256Hex,
  verifySignature,
} from '../support/published.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;
const DAY = 86_400;
const MIDNIGHT = Math.floor(NOON / DAY) * DAY;
const SLOT = MIDNIGHT + 12 * HOUR;
const RETENTION = 21 * DAY;

const BERLIN = latLngToCell(52.52, 13.405, 3);
const WORLD_CENS = randomCens(40);
const BERLIN_CENS = randomCens(60);
const LATER_CENS = randomCens(7);
const NEXT_DAY_CENS = randomCens(3);

let server: TestServer;
let keys: string[];

/** World and Berlin at 12:00, the world at 13:00, and on the next day at 00:00. */
beforeAll(async () => {
  server = await startTestServer({ settings: { SPLIT_ABOVE: '50' } });
  const numbers = await server.mint(4);
  await server.seal();
  await accept([{ cell: 0n, cens: WORLD_CENS }], numbers[0]!);
  await accept([{ cell: BigInt(`0x${BERLIN}`), cens: BERLIN_CENS }], numbers[1]!);
  await sealAt(SLOT + HOUR + 600);
  await accept([{ cell: 0n, cens: LATER_CENS }], numbers[2]!);
  await sealAt(SLOT + 2 * HOUR + 600);
  await sealAt(MIDNIGHT + DAY + 600);
  await accept([{ cell: 0n, cens: NEXT_DAY_CENS }], numbers[3]!);
  await sealAt(MIDNIGHT + DAY + HOUR + 600);
  keys = json<KeysJson>(await server.get('/v1/keys')).keys.map(({ x }) => x);
});

afterAll(() => server.close());

async function accept(groups: { cell: bigint; cens: Buffer }[], number: string): Promise<void> {
  expect((await server.report({ number, groups })).status).toBe(202);
}

async function sealAt(at: number): Promise<void> {
  await server.moveClockTo(at);
  expect(await server.seal()).toMatchObject({ kind: 'sealed' });
}

async function index(region = 'world') {
  return indexOf(await server.get(`/v1/regions/${region}`));
}

const etagOf = (answer: HttpAnswer) => String(answer.headers['etag']);

describe('GET /v1', () => {
  it('says what a client must know, in the shape that the protocol pins', async () => {
    const before = Math.floor(await server.now());
    const answer = await server.get('/v1');
    expect(answer.status).toBe(200);
    const { serverTime, ...document } = json<Record<string, unknown>>(answer);
    expect(document).toMatchObject({
      protocol: 1,
      slotSeconds: 3600,
      retentionDays: 21,
      cellResolution: 3,
      regionMaxResolution: 3,
      reportKind: 'cen',
      uploadPolicy: 'permission',
      encodings: ['compact', 'full'],
      maxReportCens: 32_000,
      permissionDigits: 12,
      minReports: 1,
      keysUrl: '/v1/keys',
    });
    expect(serverTime).toBeGreaterThanOrEqual(before - 1);
    expect(serverTime).toBeLessThanOrEqual(before + 2);
  });
});

describe('GET /v1/keys', () => {
  it('lists the keys as a JWKS whose ids are their RFC 7638 thumbprints', async () => {
    const { keys: listed } = json<KeysJson>(await server.get('/v1/keys'));
    expect(listed.length).toBeGreaterThan(0);
    for (const { x, kid, ...rest } of listed) {
      expect(rest).toEqual({ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' });
      expect(kid).toBe(keyIdOf(x));
    }
  });

  it('is signed by the root key, which is not among them', async () => {
    const answer = await server.get('/v1/keys');
    const root = server.keyRing.rootPublicKey();
    expect(verifySignature(answer, answer.body, [root])).toBeGreaterThan(await server.now());
    expect(keys).not.toContain(root);
    expect(() => verifySignature(answer, answer.body, keys)).toThrow('unknown key');
  });

  it('revalidates with 304, which carries a signature too', async () => {
    const answer = await server.get('/v1/keys');
    expect(etagOf(answer)).toBe(`"${sha256Hex(answer.body)}"`);
    const again = await server.get('/v1/keys', { 'if-none-match': etagOf(answer) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    verifySignature(again, answer.body, [server.keyRing.rootPublicKey()]);
  });
});

describe('an index', () => {
  it('lists the batches with absolute paths, sizes and hashes, and the child regions', async () => {
    const world = await index();
    expect(world).toMatchObject({ region: 'world', parent: null, children: [cellToParent(BERLIN, 0)] });
    expect(world.batches.map(({ start, part, count }) => [start, part, count])).toEqual([
      [SLOT, 0, 40],
      [SLOT + HOUR, 0, 7],
      [MIDNIGHT + DAY, 0, 3],
    ]);
    expect(world.batches[0]!.encodings['full']).toEqual({
      url: `/v1/regions/world/batches/${SLOT}-0.full`,
      bytes: 128 + 40 * 16,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(world.days).toMatchObject([{ date: '2031-03-10', count: 47, batches: 2 }]);
  });

  it('names its parent and leads down to where the batch is', async () => {
    for (const resolution of [0, 1, 2]) {
      const ancestor = cellToParent(BERLIN, resolution);
      const found = await index(ancestor);
      expect(found.parent).toBe(resolution === 0 ? 'world' : cellToParent(BERLIN, resolution - 1));
      expect(found.batches).toEqual([]);
      expect(found.children).toEqual([resolution === 2 ? BERLIN : cellToParent(BERLIN, resolution + 1)]);
    }
    const berlin = await index(BERLIN);
    expect(berlin.batches.map(({ start, count }) => [start, count])).toEqual([[SLOT, 60]]);
    expect(berlin.children).toEqual([]);
  });

  it('of a valid region that was never used is 200 and empty', async () => {
    const nowhere = latLngToCell(-45, -140, 3);
    const answer = await server.get(`/v1/regions/${nowhere}`);
    expect(answer.status).toBe(200);
    expect(indexOf(answer)).toMatchObject({
      region: nowhere,
      parent: cellToParent(nowhere, 2),
      children: [],
      batches: [],
      days: [],
    });
    verifySignature(answer, answer.body, keys);
  });

  it('is signed by a listed key, until a time that outlives its max-age', async () => {
    const answer = await server.get('/v1/regions/world');
    const validUntil = verifySignature(answer, answer.body, keys);
    expect(validUntil).toBeGreaterThan((await server.now()) + maxAge(answer));
    const forged = Buffer.from(answer.body.toString().replace('"count":40', '"count":41'));
    expect(() => verifySignature(answer, forged, keys)).toThrow('the signature is wrong');
  });

  it('may be kept until the next sealing is due', async () => {
    const left = MIDNIGHT + DAY + 2 * HOUR - (await server.now());
    const answer = await server.get('/v1/regions/world');
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+$/);
    expect(maxAge(answer)).toBeLessThanOrEqual(left);
    expect(maxAge(answer)).toBeGreaterThan(left - 5);
  });

  it('revalidates with 304: a strong ETag of the body, and a signature all the same', async () => {
    const answer = await server.get('/v1/regions/world');
    expect(etagOf(answer)).toBe(`"${sha256Hex(answer.body)}"`);
    for (const tags of [etagOf(answer), `"other", ${etagOf(answer)}`, `W/${etagOf(answer)}`, '*']) {
      const again = await server.get('/v1/regions/world', { 'if-none-match': tags });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(again.headers['cache-control']).toMatch(/^public, max-age=\d+$/);
      verifySignature(again, answer.body, keys);
    }
    expect((await server.get('/v1/regions/world', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const answer = await server.get('/v1/regions/world');
    const head = await server.request({ method: 'HEAD', path: '/v1/regions/world' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(etagOf(head)).toBe(etagOf(answer));
    expect(head.headers['content-length']).toBe(String(answer.body.length));
    verifySignature(head, answer.body, keys);
  });

  it.each([
    ['WORLD', 'malformed-region'],
    ['0', 'malformed-region'],
    [BERLIN.toUpperCase(), 'malformed-region'],
    [`0x${BERLIN}`, 'malformed-region'],
    ['%2e%2e', 'malformed-region'],
    ['ffffffffffffffff', 'malformed-region'],
    ['fffffffffffffff', 'not-a-cell'],
    ['000000000000000', 'not-a-cell'],
    [latLngToCell(52.52, 13.405, 4), 'cell-too-fine'],
  ])('of %s is refused with 400 %s, which nothing may cache', async (region, code) => {
    for (const path of ['', '/batches/0-0.compact', '/days/2031-03-10.full']) {
      const answer = await server.get(`/v1/regions/${region}${path}`);
      expect(answer.status).toBe(path === '' ? 400 : answer.status);
      if (path === '') expect(json(answer)).toMatchObject({ code, type: `/problems/${code}`, status: 400 });
      expect([400, 410]).toContain(answer.status);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });
});

describe('a batch', () => {
  const path = `/v1/regions/world/batches/${SLOT}-0.full`;
  const expiresAt = MIDNIGHT + RETENTION;

  it('is the file that the index describes, signed, with what was reported', async () => {
    for (const [region, cens] of [
      ['world', WORLD_CENS],
      [BERLIN, BERLIN_CENS],
    ] as const) {
      const listed = (await index(region)).batches[0]!;
      const full = await server.get(listed.encodings['full']!.url);
      const file = readBatchFile(full.body, keys);
      expect(file).toMatchObject({
        encoding: 'full',
        region: region === 'world' ? 0n : BigInt(`0x${region}`),
        start: SLOT,
        slotSeconds: HOUR,
        part: 0,
        count: listed.count,
        sealedAt: listed.sealedAt,
        cens: hexCens(cens).sort(),
      });
      const compact = await server.get(listed.encodings['compact']!.url);
      expect(readBatchFile(compact.body, keys)).toMatchObject({
        encoding: 'compact',
        start: SLOT,
        count: listed.count,
      });
      expect(decodeBatch(compact.body).header.count).toBe(listed.count);
      for (const [answer, { bytes, sha256 }] of [
        [full, listed.encodings['full']!],
        [compact, listed.encodings['compact']!],
      ] as [HttpAnswer, FileJson][]) {
        expect(answer.status).toBe(200);
        expect([answer.body.length, sha256Hex(answer.body)]).toEqual([bytes, sha256]);
        expect(etagOf(answer)).toBe(`"${sha256}"`);
        expect(answer.headers['content-type']).toBe('application/vnd.cen.batch');
      }
    }
  });

  it('is public and immutable for what is left of its retention, and no longer', async () => {
    const left = expiresAt - (await server.now());
    const answer = await server.get(path);
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=\d+, immutable$/);
    expect(maxAge(answer)).toBeLessThanOrEqual(left);
    expect(maxAge(answer)).toBeGreaterThan(left - 5);
  });

  it('revalidates with 304', async () => {
    const etag = etagOf(await server.get(path));
    const again = await server.get(path, { 'if-none-match': etag });
    expect([again.status, again.body.length, etagOf(again)]).toEqual([304, 0, etag]);
    expect(maxAge(again)).toBeGreaterThan(0);
  });

  it('answers HEAD with its length, also to a Range, which is for GET alone (RFC 9110 section 14.2)', async () => {
    for (const headers of [undefined, { range: 'bytes=0-3' }]) {
      const head = await server.request({ method: 'HEAD', path, headers });
      expect([head.status, head.body.length]).toEqual([200, 0]);
      expect(head.headers['content-length']).toBe(String(128 + 640));
      expect(head.headers['accept-ranges']).toBe('bytes');
    }
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-63', 0, 63],
    ['bytes=700-', 700, 767],
    ['bytes=60-100000', 60, 767],
    ['bytes=-64', 704, 767],
    ['bytes=-100000', 0, 767],
    ['Bytes=3-5', 3, 5],
  ])('gives the range %s as 206', async (range, first, last) => {
    const whole = (await server.get(path)).body;
    const answer = await server.get(path, { range });
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${first}-${last}/768`);
    expect(answer.headers['content-length']).toBe(String(last - first + 1));
    expect(answer.body.equals(whole.subarray(first, last + 1))).toBe(true);
    expect(etagOf(answer)).toBe(`"${sha256Hex(whole)}"`);
  });

  it.each(['bytes=768-', 'bytes=1000-2000', 'bytes=-0'])(
    'refuses the range %s with 416 and the length',
    async (range) => {
      const answer = await server.get(path, { range });
      expect(answer.status).toBe(416);
      expect(answer.headers['content-range']).toBe('bytes */768');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(json(answer)).toMatchObject({ code: 'range-not-satisfiable' });
    },
  );

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=0-1', 'bytes', 'bytes=a-b'])(
    'sends the whole for %s',
    async (range) => {
      const answer = await server.get(path, { range });
      expect([answer.status, answer.body.length]).toEqual([200, 768]);
    },
  );

  it('gives a range under If-Range only while that is its very ETag', async () => {
    const etag = etagOf(await server.get(path));
    expect((await server.get(path, { range: 'bytes=0-3', 'if-range': etag })).status).toBe(206);
    for (const other of ['"other"', `W/${etag}`, new Date().toUTCString()]) {
      expect((await server.get(path, { range: 'bytes=0-3', 'if-range': other })).status).toBe(200);
    }
  });

  it('is also there as JSON for people, unsigned and uncached', async () => {
    const answer = await server.get(path.replace('full', 'json'));
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(json(answer)).toMatchObject({ region: 'world', start: SLOT, count: 40, cens: hexCens(WORLD_CENS).sort() });
  });

  it.each([
    ['misaligned', `${SLOT + 1}-0`, 404],
    ['without anything in it', `${SLOT + 3 * HOUR}-0`, 404],
    ['of a part that is not there', `${SLOT}-1`, 404],
    ['that has not ended', `${MIDNIGHT + DAY + HOUR}-0`, 404],
    ['of another day to come', `${MIDNIGHT + 3 * DAY}-0`, 404],
    ['of the far future', '9999999999-0', 404],
    ['past retention', `${MIDNIGHT - RETENTION}-0`, 410],
    ['past retention and misaligned', `${MIDNIGHT - RETENTION + 1}-0`, 410],
    ['of 1970', '0-0', 410],
  ])('of a slot %s is answered from the URL: %s → %i, no-store', async (_, name, status) => {
    for (const format of ['compact', 'full', 'json']) {
      const answer = await server.get(`/v1/regions/world/batches/${name}.${format}`);
      expect(answer.status).toBe(status);
      expect(json(answer)).toMatchObject({ code: status === 404 ? 'batch-not-found' : 'batch-expired' });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('is nowhere but in its own region', async () => {
    for (const region of [cellToParent(BERLIN, 2), latLngToCell(48.85, 2.35, 3)]) {
      expect((await server.get(`/v1/regions/${region}/batches/${SLOT}-0.full`)).status).toBe(404);
    }
  });

  it.each([
    'x',
    `${SLOT}`,
    `${SLOT}-0`,
    `${SLOT}-0.txt`,
    `0${SLOT}-0.full`,
    `${SLOT}-00.full`,
    `-1-0.full`,
    `${SLOT}-0.fullx`,
    `1e9-0.full`,
  ])('of the malformed name %s is 400', async (name) => {
    const answer = await server.get(`/v1/regions/world/batches/${name}`);
    expect(answer.status).toBe(400);
    expect(json(answer)).toMatchObject({ code: 'malformed-batch-name' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('a day bundle', () => {
  it.each(['compact', 'full'])('is the %s batches of the day, one after another', async (encoding) => {
    const world = await index();
    const listed = world.days[0]!.encodings[encoding]!;
    const bundle = await server.get(listed.url);
    expect(bundle.status).toBe(200);
    expect([bundle.body.length, sha256Hex(bundle.body)]).toEqual([listed.bytes, listed.sha256]);
    expect(etagOf(bundle)).toBe(`"${listed.sha256}"`);
    const files = await Promise.all(
      world.batches.slice(0, 2).map(({ encodings }) => server.get(encodings[encoding]!.url)),
    );
    expect(Buffer.concat(files.map(({ body }) => body)).equals(bundle.body)).toBe(true);
    expect(readBundle(bundle.body, keys).map(({ start }) => start)).toEqual([SLOT, SLOT + HOUR]);
  });

  it('has the cache headers, 304, ranges and HEAD of a batch', async () => {
    const path = '/v1/regions/world/days/2031-03-10.full';
    const left = MIDNIGHT + RETENTION - (await server.now());
    const whole = await server.get(path);
    expect(whole.headers['cache-control']).toMatch(/^public, max-age=\d+, immutable$/);
    expect(maxAge(whole)).toBeLessThanOrEqual(left);
    expect((await server.get(path, { 'if-none-match': etagOf(whole) })).status).toBe(304);
    const across = await server.get(path, { range: 'bytes=760-800' });
    expect(across.status).toBe(206);
    expect(across.body.equals(whole.body.subarray(760, 801))).toBe(true);
    const head = await server.request({ method: 'HEAD', path });
    expect([head.status, head.headers['content-length']]).toEqual([200, String(whole.body.length)]);
  });

  it.each([
    ['of today', '2031-03-11', 404],
    ['without any batch', '2031-03-09', 404],
    ['to come', '2031-03-20', 404],
    ['past retention', '2031-02-17', 410],
  ])('of a day %s: %s → %i, no-store', async (_, date, status) => {
    const answer = await server.get(`/v1/regions/world/days/${date}.compact`);
    expect(answer.status).toBe(status);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['2031-02-30.compact', '2031-3-10.compact', '2031-03-10', '2031-03-10.json', '20310310.full'])(
    'of the malformed name %s is 400',
    async (name) => {
      expect((await server.get(`/v1/regions/world/days/${name}`)).status).toBe(400);
    },
  );
});

describe('anything else', () => {
  it.each([
    ['GET', '/nothing', 404, 'not-found'],
    ['GET', '/v1/regions/world/nothing', 404, 'not-found'],
    ['GET', '/v1/regions/%zz', 400, 'malformed-request'],
    ['GET', `/v1/regions/world/batches/${'0'.repeat(200)}.full`, 400, 'malformed-request'],
  ])('%s %s is a problem that no cache keeps', async (method, path, status, code) => {
    const answer = await server.request({ method, path });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(json(answer)).toMatchObject({ code, status, type: `/problems/${code}` });
  });
});

describe('a deployment without the full encoding', () => {
  it('neither lists nor serves it, not even of batches that have one', async () => {
    const compactOnly = await startTestServer({
      replicaOf: server,
      settings: { SPLIT_ABOVE: '50', PUBLISH_FULL: 'false' },
    });
    try {
      expect(json(await compactOnly.get('/v1'))).toMatchObject({ encodings: ['compact'] });
      const world = indexOf(await compactOnly.get('/v1/regions/world'));
      for (const entry of [...world.batches, ...world.days]) {
        expect(Object.keys(entry.encodings)).toEqual(['compact']);
        const { url } = entry.encodings['compact']!;
        expect((await compactOnly.get(url)).status).toBe(200);
        expect((await compactOnly.get(url.replace('compact', 'full'))).status).toBe(404);
      }
      expect((await compactOnly.get(`/v1/regions/world/batches/${SLOT}-0.json`)).status).toBe(404);
    } finally {
      await compactOnly.close();
    }
  });
});
