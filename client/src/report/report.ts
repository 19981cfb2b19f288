import { toBase64Url } from '../bytes.js';
import { DocumentError } from '../documents/document-error.js';
import { NetworkError, Server } from '../http.js';
import type { ServerOptions } from '../http.js';
import { authorization, chaffAuthorization } from './credential.js';
import type { Credential } from './credential.js';
import { readProblem } from './problem.js';
import type { Problem } from './problem.js';
import { chaffBody, reportBody } from './report-body.js';
import type { ReportGroup } from './report-body.js';

export interface RetryOptions {
  /** How often a request is sent while it is unknown whether it arrived. 5 by default. */
  readonly attempts?: number;
  /** The wait before the second attempt, doubled for each one after, less up to half at random. 1,000 by default. */
  readonly firstDelayMs?: number;
}

export interface ReportOptions extends ServerOptions {
  readonly credential: Credential;
  /** A CEN belongs under every cell that the location error of its meeting touches (`cellsAround`). */
  readonly groups: readonly ReportGroup[];
  /**
   * 16 random bytes in base64url (`newIdempotencyKey`). Stored before the first attempt and used again after `unknown` or a
   * killed app, with the same groups and credential, it makes sure that nothing is published twice and the number not lost.
   */
  readonly idempotencyKey?: string;
  readonly retry?: RetryOptions;
}

export type ReportResult =
  /** The report will be published. */
  | { readonly status: 'accepted' }
  /** The number or token is wrong, used, expired or revoked: the server does not say which. */
  | { readonly status: 'refused'; readonly problem: Problem }
  /** Something else is wrong with the request. Nothing was spent; sent again after mending it, it needs a new key. */
  | { readonly status: 'problem'; readonly problem: Problem; readonly retryAfterSeconds?: number }
  /** No answer after all attempts: the report may have arrived. Send it again later, with the same key. */
  | { readonly status: 'unknown'; readonly idempotencyKey: string; readonly cause: unknown };

/**
 * Reports CENs: packs and pads them, sends them, and sends the same again while it is unknown whether they arrived (no answer,
 * or a 5xx). Throws RangeError for options that are wrong, and the signal's reason when aborted; never for an answer.
 */
export async function report(options: ReportOptions): Promise<ReportResult> {
  return send(options, reportBody(options.groups), authorization(options.credential));
}

export interface ChaffOptions extends ServerOptions {
  /** How many CENs to pretend to report, at most what `GET /v1` allows; 9,072, two weeks of them, by default. */
  readonly count?: number;
  readonly retry?: RetryOptions;
}

/**
 * Sends cover traffic that looks like a report to whoever watches the network, at moments that the app draws at random. The
 * server answers as it does to a report, and keeps nothing.
 */
export async function chaff(options: ChaffOptions): Promise<ReportResult> {
  return send(options, chaffBody(options.count ?? 9072), chaffAuthorization());
}

/** A fresh `Idempotency-Key`: 16 random bytes. */
export function newIdempotencyKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
}

interface SendOptions extends ServerOptions {
  readonly idempotencyKey?: string;
  readonly retry?: RetryOptions;
}

async function send(
  options: SendOptions,
  body: Uint8Array<ArrayBuffer>,
  credential: string | undefined,
): Promise<ReportResult> {
  const { attempts = 5, firstDelayMs = 1000 } = options.retry ?? {};
  const { idempotencyKey = newIdempotencyKey(), signal } = options;
  const server = new Server(options);
  const request: RequestInit = {
    method: 'POST',
    headers: {
      'Content-Type': 'application/vnd.cen.report',
      'Idempotency-Key': idempotencyKey,
      ...(credential && { Authorization: credential }),
    },
    body,
  };
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await pause(firstDelayMs * 2 ** (attempt - 1) * (1 - Math.random() / 2), signal);
    try {
      const result = await answerOf(server, request);
      if (result) return result;
      cause = new Error('the server failed');
    } catch (error) {
      if (!(error instanceof NetworkError || error instanceof DocumentError)) throw error;
      cause = error;
    }
  }
  return { status: 'unknown', idempotencyKey, cause };
}

/** An answer has about 1 KiB. */
const MOST_ANSWER_BYTES = 2 ** 20;

/**
 * What the server decided; undefined for a 5xx and for what is no answer of its, after which nothing is known. Throws DocumentError
 * `too-long`, which is no answer of its either.
 */
async function answerOf(server: Server, request: RequestInit): Promise<ReportResult | undefined> {
  const response = await server.request('/v1/reports', request);
  const text = new TextDecoder().decode(await server.bytes(response, '/v1/reports', MOST_ANSWER_BYTES));
  if (response.status >= 500) return undefined;
  if (response.status === 202) return { status: 'accepted' };
  // A page where an answer should be: somebody in between, such as the sign-in of a wireless network, gave it.
  if (response.status < 400) return undefined;
  const problem = readProblem(response.status, text);
  if (response.status === 403 && problem.code !== 'unknown') return { status: 'refused', problem };
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return { status: 'problem', problem, ...(Number.isFinite(wait) && { retryAfterSeconds: wait }) };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
