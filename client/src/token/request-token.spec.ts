import { constants, privateDecrypt } from 'node:crypto';
import { rfc9578 } from '../../../test/support/rfc-vectors.js';
import { toBase64Url } from '../bytes.js';
import { formatCenSignature, signedDocument } from '../documents/cen-signature.js';
import { rootKey, rootKeyText } from '../testing/fake-server.js';
import { testKey } from '../testing/seal.js';
import { chaffToken, requestToken } from './request-token.js';
import type { TokenOptions } from './request-token.js';

const NOW = 1_900_000_000;
const DIRECTORY = '/.well-known/private-token-issuer-directory';
const { publicKey, privateKey } = rfc9578();

const directory = {
  'issuer-request-uri': 'https://cen.example.org/v1/upload-tokens',
  'token-keys': [{ 'token-type': 2, 'token-key': publicKey.toString('base64url'), 'not-before': NOW - 60 }],
};

function signed(document: unknown, { key = rootKey, validUntil = NOW + 600 } = {}): Response {
  const body = new TextEncoder().encode(JSON.stringify(document));
  const signature = formatCenSignature({
    keyId: key.keyId,
    validUntil,
    signature: key.sign(signedDocument(validUntil, body)),
  });
  return new Response(body, { headers: { 'CEN-Signature': signature } });
}

const sign = (request: Uint8Array): Response =>
  new Response(
    new Uint8Array(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, request.subarray(3))),
  );

const problem = (status: number, code: string, headers = {}) =>
  Response.json({ title: 'A title', status, code }, { status, headers });

/** An issuer of which specs say what is wrong. */
function issuing(
  answer: (request: Uint8Array, attempt: number) => Response | Error = sign,
  serve: () => Response | Error = () => signed(directory),
) {
  const requests: Uint8Array[] = [];
  const authorizations: (string | null)[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    if (new URL(url).pathname !== DIRECTORY) {
      requests.push(init.body as Uint8Array);
      authorizations.push(new Headers(init.headers).get('authorization'));
    }
    const given = new URL(url).pathname === DIRECTORY ? serve() : answer(requests.at(-1)!, requests.length);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const options: Omit<TokenOptions, 'number'> = {
    baseUrl: 'https://cen.example.org',
    rootKey: rootKeyText,
    now: () => NOW,
    fetch,
    retry: { attempts: 3, firstDelayMs: 1 },
  };
  const ask = (more: Partial<TokenOptions> = {}) => requestToken({ ...options, number: '482199370156', ...more });
  return { requests, authorizations, options, ask };
}

describe('a token', () => {
  it('is unblinded from the answer, and good for five days', async () => {
    const { ask, requests, authorizations } = issuing();
    expect(await ask()).toMatchObject({ status: 'issued', goodUntil: NOW + 5 * 86_400 });
    expect(authorizations).toEqual(['Permission 482199370156']);
    expect(requests[0]).toHaveLength(259);
  });

  it('is drawn anew each time', async () => {
    const { ask, requests } = issuing();
    const tokens = [await ask(), await ask()].map((result) => result.status === 'issued' && result.token);
    expect(new Set(tokens).size).toBe(2);
    expect(requests[0]).not.toEqual(requests[1]);
  });
});

describe('a directory that is not to be believed sends no number anywhere', () => {
  const other = testKey('somebody else');
  const keyMissing = { ...directory, 'token-keys': [] };
  const three = { ...directory, 'token-keys': Array(3).fill(directory['token-keys'][0]) };
  const tampered = () => {
    const { headers } = signed(directory);
    return new Response(JSON.stringify(directory).replace('cen.example.org', 'cen.example.net'), { headers });
  };
  const served: [string, () => Response | Error, object][] = [
    ['changed on the way', tampered, { code: 'bad-signature' }],
    ['signed by another key', () => signed(directory, { key: other }), { name: 'DocumentError' }],
    ['not signed', () => Response.json(directory), { name: 'DocumentError' }],
    ['that has expired', () => signed(directory, { validUntil: NOW - 1 }), { name: 'DocumentError' }],
    ['without a key', () => signed(keyMissing), { code: 'bad-keys' }],
    ['with three keys, which could tell people apart', () => signed(three), { code: 'bad-keys' }],
    ['that is no directory', () => signed('x'), { code: 'bad-keys' }],
    ['that is not there', () => problem(404, 'not-found'), { name: 'HttpStatusError' }],
    ['that cannot be reached', () => new TypeError('reset'), { name: 'NetworkError' }],
  ];

  it.each(served)('%s', async (_, serve, cause) => {
    const { ask, options, requests } = issuing(sign, serve);
    expect(await ask()).toMatchObject({ status: 'no-issuer', cause });
    await expect(chaffToken(options)).rejects.toMatchObject(cause);
    expect(requests).toEqual([]);
  });

  it('under another root key than the app ships with', async () => {
    const { ask, requests } = issuing();
    expect(await ask({ rootKey: toBase64Url(other.publicKey) })).toMatchObject({ status: 'no-issuer' });
    expect(requests).toEqual([]);
  });

  it('and a root key that is none is the app’s own mistake', async () => {
    await expect(issuing().ask({ rootKey: 'abc' })).rejects.toThrow(RangeError);
  });
});

describe('an answer that gives no token', () => {
  it('refuses once, without another try', async () => {
    const { ask, requests } = issuing(() => problem(403, 'credential-refused'));
    expect(await ask()).toMatchObject({ status: 'refused', problem: { code: 'credential-refused' } });
    expect(requests).toHaveLength(1);
  });

  it('is a 403 of somebody in between, and then no word of the server', async () => {
    const { ask } = issuing(() => new Response('<html>', { status: 403 }));
    expect(await ask()).toMatchObject({ status: 'problem', problem: { code: 'unknown' } });
  });

  it('asks to wait, and is handed on', async () => {
    const { ask, requests } = issuing(() => problem(429, 'too-many-attempts', { 'Retry-After': '30' }));
    expect(await ask()).toMatchObject({ status: 'problem', retryAfterSeconds: 30 });
    expect(requests).toHaveLength(1);
  });

  const flipped = async (request: Uint8Array) => {
    const bytes = new Uint8Array(await sign(request).arrayBuffer());
    bytes[100]! ^= 1;
    return bytes;
  };

  it('does not verify: it is asked for again with the same request, and stays unknown', async () => {
    let wrong: Uint8Array<ArrayBuffer> = new Uint8Array(256);
    const { ask, requests } = issuing(() => new Response(wrong));
    const first = await ask();
    if (first.status !== 'unknown') throw new Error(first.status);
    wrong = await flipped(requests[0]!);
    expect(await ask({ pending: first.pending })).toMatchObject({ status: 'unknown', pending: first.pending });
    expect(requests).toHaveLength(6);
    expect(new Set(requests.map((request) => Buffer.from(request).toString('hex'))).size).toBe(1);
  });

  it.each([[0], [255], [257], [512]])('has %d bytes: likewise', async (length) => {
    const { ask, requests } = issuing(() => new Response(new Uint8Array(length).fill(1)));
    expect(await ask()).toMatchObject({ status: 'unknown' });
    expect(requests).toHaveLength(3);
  });

  it('was lost: the same request gets the token later', async () => {
    const { ask, requests } = issuing((request, attempt) => (attempt < 4 ? new TypeError('reset') : sign(request)));
    const lost = await ask();
    if (lost.status !== 'unknown') throw new Error(lost.status);
    const stored = JSON.parse(JSON.stringify(lost.pending)) as typeof lost.pending;
    expect(await ask({ pending: stored })).toMatchObject({ status: 'issued' });
    expect(new Set(requests.map((request) => Buffer.from(request).toString('hex'))).size).toBe(1);
  });
});
