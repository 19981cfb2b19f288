import { prepareToken, requestToken, type PendingToken } from 'cen-client/token';
import { generateKey } from '../../src/platform/keys/generate-key.js';
import type { KeyRing } from '../../src/platform/keys/index.js';
import { readKeyRingFile, replaceKeyRingFile } from '../../src/platform/keys/key-ring-file.js';
import type { HttpAnswer } from './http-client.js';
import type { TestServer } from './test-server.js';

const MEDIA_TYPE = 'application/private-token-request';

const options = (server: TestServer) => ({
  baseUrl: `http://127.0.0.1:${server.port}`,
  rootKey: server.keyRing.rootPublicKey(),
});

/** A token in base64url, bought with a number as a phone does it. */
export async function buyToken(server: TestServer, number?: string): Promise<string> {
  const [minted] = number === undefined ? await server.mint(1) : [number];
  const result = await requestToken({ ...options(server), number: minted!, retry: { attempts: 1 } });
  if (result.status !== 'issued') throw new Error(`no token: ${JSON.stringify(result)}`);
  return result.token;
}

/** Sends the very same request for another token. */
export async function buyAgain(server: TestServer, number: string, pending: PendingToken) {
  return requestToken({ ...options(server), number, pending, retry: { attempts: 1 } });
}

export async function blindToken(server: TestServer): Promise<PendingToken> {
  return prepareToken(options(server));
}

export interface TokenRequestToSend {
  readonly authorization?: string;
  readonly body: Buffer;
  readonly mediaType?: string | undefined;
}

/** Over HTTP. */
export async function postTokenRequest(server: TestServer, sent: TokenRequestToSend): Promise<HttpAnswer> {
  const mediaType = 'mediaType' in sent ? sent.mediaType : MEDIA_TYPE;
  return server.request({
    method: 'POST',
    path: '/v1/upload-tokens',
    headers: {
      ...(mediaType !== undefined && { 'content-type': mediaType }),
      ...(sent.authorization !== undefined && { authorization: sent.authorization }),
    },
    body: sent.body,
  });
}

/** What a week does: another key is current, and the oldest of three is gone. */
export function turnIssuerKey(ring: KeyRing, secondsLater = 1): void {
  const versions = readKeyRingFile(ring.path);
  const issuers = versions.filter(({ purpose }) => purpose === 'token-issuer');
  const newest = issuers.reduce((one, other) => (other.activeFrom > one.activeFrom ? other : one));
  const times = { createdAt: newest.createdAt, activeFrom: newest.activeFrom + secondsLater };
  let made = generateKey('token-issuer', times);
  while (made.id.slice(-2) === newest.id.slice(-2)) made = generateKey('token-issuer', times);
  replaceKeyRingFile(ring.path, [...versions.filter(({ purpose }) => purpose !== 'token-issuer'), newest, made]);
  ring.refresh();
}
