import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startTestServer, type TestServer } from '../support/test-server.js';

const DIST = join(__dirname, '../../console/dist');
/** Issue 6: what a browser fetches before the map. */
const BUDGET_BYTES = 150_000;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const assets = (): string[] => readdirSync(join(DIST, 'assets')).filter((name) => !/\.(br|gz)$/.test(name));

describe('the page', () => {
  it.each(['/console', '/console/', '/console/mint', '/console/no/such/view'])('is served at %s', async (path) => {
    const answer = await server.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(answer.body.toString()).toContain('<div id="app">');
  });

  it('has no script or style of its own, and nothing from elsewhere', async () => {
    const html = (await server.get('/console')).body.toString();
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style="| on\w+=/);
    for (const [, url] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(url).toMatch(/^\/console\/assets\//);
  });

  it('allows its own files and nothing else', async () => {
    const { headers } = await server.get('/console');
    expect(String(headers['content-security-policy']).split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(headers['content-security-policy']).not.toMatch(/unsafe|http|\*/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('keeps browsers to TLS where there is TLS, and only there', async () => {
    expect((await server.get('/console')).headers['strict-transport-security']).toBeUndefined();
    const secure = await startTestServer({ settings: { PUBLIC_URL: 'https://cen.example' } });
    expect((await secure.get('/console')).headers['strict-transport-security']).toBe('max-age=31536000');
    await secure.close();
  });

  it('is not served where nobody signs in', async () => {
    const reader = await startTestServer({ settings: { ROLES: 'public' } });
    expect((await reader.get('/console')).status).toBe(404);
    await reader.close();
  });
});

describe('an asset', () => {
  const path = (): string => `/console/assets/${assets().find((name) => name.endsWith('.js'))}`;

  it('may be kept for ever: another content has another name', async () => {
    const answer = await server.get(path());
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const name of assets()) expect(name).toMatch(/-[\w-]{8}\.\w+$/);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ])('for a browser that takes %s is sent as %s', async (accepted, encoding, decompress) => {
    const plain = await server.get(path());
    const answer = await server.get(path(), { 'accept-encoding': accepted });
    expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(decompress(answer.body)).toEqual(plain.body);
  });

  it.each(['/console/assets/none.js', '/console/assets/..%2Findex.html', '/console/assets/index.html.br'])(
    'that there is not is not found: %s',
    async (wrong) => {
      const answer = await server.get(wrong);
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers['cache-control']).not.toMatch(/immutable/);
    },
  );
});

test('all of the console but the map weighs at most 150 kB on the wire', () => {
  // All views and styles and the longest language; nobody fetches them all.
  const sizes = assets().map((name) => ({ name, bytes: readFileSync(join(DIST, 'assets', `${name}.br`)).length }));
  const isLanguage = (name: string): boolean => /^(en|es|de|fr|it)-/.test(name);
  const languages = sizes.filter(({ name }) => isLanguage(name)).map(({ bytes }) => bytes);
  expect(languages).toHaveLength(5);
  const rest = sizes.filter(({ name }) => !isLanguage(name) && !name.startsWith('regions-'));
  const total = rest.reduce((sum, { bytes }) => sum + bytes, 0) + Math.max(...languages);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
});
