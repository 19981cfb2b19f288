import { challengeOf } from '../../client/src/token/token-form.js';

import { ed25519KeyId, portablePrimitives, verifyDocument } from 'cen-client';
import { json, maxAge, rawExchange } from '../support/http-client.js';
import { newIdempotencyKey, packReport, randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { blindToken, buyToken } from '../support/upload-token.js';

const FLOOR_MS = 150;
const DIRECTORY = '/.well-known/private-token-issuer-directory';

let server: TestServer;
beforeAll(async () => {
  const settings = { RESPONSE_FLOOR_MS: String(FLOOR_MS), PUBLIC_URL: 'https://cen.example.org:8443/somewhere' };
  server = await startTestServer({ settings });
});
afterAll(() => server.close());

async function answer(body: Buffer, authorization?: string) {
  const head = [
    'POST /v1/upload-tokens HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    'Content-Type: application/private-token-request',
    `Content-Length: ${body.length}`,
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
  ];
  const before = performance.now();
  const bytes = await rawExchange(server.port, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  return { status: Number(bytes.toString('latin1', 9, 12)), length: bytes.length, ms: performance.now() - before };
}

test('answers to token requests have one size on the wire, and leave at a multiple of the floor', async () => {
  const good = Buffer.from((await blindToken(server)).request, 'base64url');
  const [live, used] = await server.mint(2);
  await buyToken(server, used);
  const answers = [
    await answer(good, `Permission ${live}`),
    await answer(good, 'Chaff 123456789012'),
    await answer(good, `Permission ${used}`),
    await answer(good),
    await answer(good, 'Bearer x'),
    await answer(good.subarray(1), `Permission ${used}`),
    await answer(good, 'Permission 482199370157'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 401, 401, 422, 422]);
  expect(new Set(answers.map(({ length }) => length)).size).toBe(1);
  expect(Math.min(...answers.map(({ ms }) => ms))).toBeGreaterThanOrEqual(FLOOR_MS - 1);
});

test('a report with a bad token is answered like one with a bad number, of the same size', async () => {
  const report = { groups: [{ cell: 0n, cens: randomCens(1) }] };
  const token = await server.report({ ...report, authorization: `PrivateToken token="${'A'.repeat(472)}"` });
  const number = await server.report({ ...report, number: '482199370156' });
  expect([token.status, token.body.toString()]).toEqual([number.status, number.body.toString()]);
});

test('a 401 offers a token only to whoever has sent nothing, and one for this very challenge and key', async () => {
  const groups = [{ cell: 0n, cens: randomCens(1) }];
  const offered = String((await server.report({ groups })).headers['www-authenticate']);
  const [, challenge, key] = /^Permission realm="cen", PrivateToken challenge="(.+?)", token-key="(.+?)"$/.exec(
    offered,
  )!;
  expect(Buffer.from(challenge!, 'base64url').equals(challengeOf('cen.example.org:8443'))).toBe(true);
  const directory = json<{ 'token-keys': { 'token-key': string }[] }>(await server.get(DIRECTORY));
  expect(key).toBe(directory['token-keys'][0]!['token-key']);
  const unknown = await server.report({ groups, authorization: 'Basic eDp5' });
  expect([unknown.status, unknown.headers['www-authenticate']]).toEqual([401, 'Permission realm="cen"']);
});

test('the directory is signed by the root key, may be cached, and is named by GET /v1', async () => {
  const got = await server.get(DIRECTORY);
  expect(got.headers['content-type']).toBe('application/private-token-issuer-directory');
  expect(maxAge(got)).toBe(300);
  expect(json(got)).toEqual({
    'issuer-request-uri': 'https://cen.example.org:8443/v1/upload-tokens',
    'token-keys': [
      { 'token-type': 2, 'token-key': expect.stringMatching(/^[\w-]{456}$/), 'not-before': expect.any(Number) },
    ],
  });
  const root = Buffer.from(server.keyRing.rootPublicKey(), 'base64url');
  const findKey = (id: string) => (id === ed25519KeyId(root, hashOf) ? root : undefined);
  const trust = { findKey, now: await server.now(), primitives: portablePrimitives };
  const header = String(got.headers['cen-signature']);
  await expect(verifyDocument(got.body, header, trust)).resolves.toBeUndefined();
  await expect(verifyDocument(got.body.subarray(1), header, trust)).rejects.toMatchObject({ code: 'bad-signature' });
  expect((await server.get(DIRECTORY, { 'if-none-match': String(got.headers['etag']) })).status).toBe(304);
  expect(json(await server.get('/v1'))['issuerDirectoryUrl']).toBe(DIRECTORY);
});

test('requests that cannot be signed spend nothing', async () => {
  const [number] = await server.mint(1);
  const good = Buffer.from((await blindToken(server)).request, 'base64url');
  const bad = [good.subarray(1), Buffer.concat([good, good]), Buffer.alloc(259), Buffer.from(good).fill(0xff, 3)];
  const answers = await Promise.all(bad.map((body) => answer(body, `Permission ${number}`)));
  expect(answers.map(({ status }) => status)).toEqual(bad.map(() => 422));
  const body = packReport([{ cell: 0n, cens: randomCens(1) }]);
  expect((await server.report({ number: number!, body, idempotencyKey: newIdempotencyKey() })).status).toBe(202);
});

function hashOf(bytes: Uint8Array): Uint8Array {
  const hash = portablePrimitives.sha256();
  hash.update(bytes);
  return hash.digest();
}
