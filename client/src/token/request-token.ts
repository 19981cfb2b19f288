import { systemClock } from '../batch/read-batch.js';
import { fromBase64Url, toBase64Url } from '../bytes.js';
import { DocumentError } from '../documents/document-error.js';
import { HttpStatusError, NetworkError, Server } from '../http.js';
import type { ServerOptions } from '../http.js';
import { untilAnswered } from '../report/attempts.js';
import type { RetryOptions } from '../report/attempts.js';
import { chaffHeaders, credentialHeaders, USUAL_DIGITS } from '../report/credential-headers.js';
import { refusalOf } from '../report/problem.js';
import type { Refusal } from '../report/problem.js';
import { blind, unblind } from './blind-rsa.js';
import { fetchDirectory } from './fetch-directory.js';
import type { DirectoryOptions } from './fetch-directory.js';
import { modulusOf } from './rsa.js';
import { challengeOf, newNonce, tokenInput, tokenOf, tokenRequest } from './token-form.js';

export type PrepareOptions = ServerOptions & DirectoryOptions;

/**
 * A request for a token that was not answered yet, as JSON. Secret, like the token that becomes of it: who has it can tell which
 * number the token was bought with.
 */
export interface PendingToken {
  /** Where the request goes: a path of the server. */
  readonly path: string;
  /** Base64url, like the three below: the issuer's key. */
  readonly publicKey: string;
  /** What the issuer is to sign. */
  readonly input: string;
  /** What it sees instead. */
  readonly request: string;
  readonly inverse: string;
  /** Unix seconds. */
  readonly preparedAt: number;
}

export type TokenOptions = PrepareOptions & {
  /** The permission number that the health authority gave; spaces and dashes do not matter. It is spent. */
  readonly number: string;
  /** From `prepareToken`. Stored before the first attempt and used again after `unknown` or a killed app, it saves the number. */
  readonly pending?: PendingToken;
  readonly retry?: RetryOptions;
};

export type TokenResult =
  /**
   * The token, for `report({ credential: { kind: 'token', token } })`. `goodUntil`, in Unix seconds, is how long the server takes it
   * at least; the longer an app waits within that, the more people it could be of.
   */
  | { readonly status: 'issued'; readonly token: string; readonly goodUntil: number }
  | Refusal
  /** There is no directory of the issuer's keys that is to be believed: nothing was sent, nothing spent. */
  | { readonly status: 'no-issuer'; readonly cause: unknown }
  /** No answer after all attempts: the number may be spent. Ask again later, with the same `pending`. */
  | { readonly status: 'unknown'; readonly pending: PendingToken; readonly cause: unknown };

/** The server keeps a key for a week after it has signed its last token; a directory may be a day old. */
const GOOD_FOR_SECONDS = 5 * 86_400;

/**
 * Draws a token and blinds it for the key that the issuer's directory names, after verifying the directory. Throws NetworkError,
 * HttpStatusError or DocumentError if there is none that is to be believed, and RangeError for a wrong root key.
 */
export async function prepareToken(options: PrepareOptions): Promise<PendingToken> {
  const { requestPath, name, publicKey } = await fetchDirectory(new Server(options), options);
  const input = tokenInput(newNonce(), challengeOf(name), publicKey);
  const { blindedMessage, inverse } = blind(modulusOf(publicKey), input, (length) =>
    crypto.getRandomValues(new Uint8Array(length)),
  );
  return {
    path: requestPath,
    publicKey: toBase64Url(publicKey),
    input: toBase64Url(input),
    request: toBase64Url(tokenRequest(publicKey, blindedMessage)),
    inverse: toBase64Url(inverse),
    preparedAt: Math.floor((options.now ?? systemClock)()),
  };
}

/**
 * Exchanges a permission number for an upload token (RFC 9578). Nothing that the server sees here tells it which token that is.
 * Sends the same again while it is unknown whether it arrived. Throws RangeError for options that are wrong, and the signal's
 * reason when aborted; never for an answer.
 */
export async function requestToken(options: TokenOptions): Promise<TokenResult> {
  const credential = credentialHeaders({ kind: 'permission', number: options.number });
  let pending: PendingToken;
  try {
    pending = options.pending ?? (await prepareToken(options));
  } catch (cause) {
    if (!(cause instanceof NetworkError || cause instanceof HttpStatusError || cause instanceof DocumentError))
      throw cause;
    return { status: 'no-issuer', cause };
  }
  const server = new Server(options);
  const attempted = await untilAnswered(() => ask(server, pending, credential), options.retry, options.signal);
  return 'answer' in attempted ? attempted.answer : { status: 'unknown', pending, cause: attempted.cause };
}

export interface ChaffTokenOptions extends PrepareOptions {
  /** Digits of the deployment's permission numbers, `permissionDigits` of its settings; 12 by default. */
  readonly digits?: number;
}

/**
 * Cover traffic that looks like a request for a token to whoever watches the network. The server answers as it does to one, and
 * keeps nothing. Resolves whatever the answer; throws like `prepareToken`.
 */
export async function chaffToken(options: ChaffTokenOptions): Promise<void> {
  const pending = await prepareToken(options);
  const server = new Server(options);
  const response = await send(
    server,
    pending,
    chaffHeaders({ like: 'permission', digits: options.digits ?? USUAL_DIGITS }),
  );
  await server.bytes(response, pending.path, MOST_ANSWER_BYTES);
}

type CredentialHeaders = Readonly<Record<string, string>>;

/** An answer has 4 KiB with its headers. */
const MOST_ANSWER_BYTES = 2 ** 16;

/** What the server decided; undefined for a 5xx, and for what is no answer of its or no signature. */
async function ask(
  server: Server,
  pending: PendingToken,
  credential: CredentialHeaders,
): Promise<TokenResult | undefined> {
  const response = await send(server, pending, credential);
  const body = await server.bytes(response, pending.path, MOST_ANSWER_BYTES);
  if (response.status === 200) return issued(pending, body);
  return response.status >= 400 && response.status < 500
    ? refusalOf(response, new TextDecoder().decode(body))
    : undefined;
}

function send(server: Server, { path, request }: PendingToken, credential: CredentialHeaders): Promise<Response> {
  return server.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/private-token-request', ...credential },
    body: new Uint8Array(fromBase64Url(request)),
  });
}

function issued(pending: PendingToken, blindSignature: Uint8Array): TokenResult | undefined {
  const input = fromBase64Url(pending.input);
  const modulus = modulusOf(fromBase64Url(pending.publicKey));
  const signature = unblind(modulus, input, blindSignature, fromBase64Url(pending.inverse));
  if (signature === undefined) return undefined;
  const token = toBase64Url(tokenOf(input, signature));
  return { status: 'issued', token, goodUntil: pending.preparedAt + GOOD_FOR_SECONDS };
}
