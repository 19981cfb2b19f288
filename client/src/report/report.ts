import { toBase64Url } from '../bytes.js';
import { Server } from '../http.js';
import type { ServerOptions } from '../http.js';
import { untilAnswered } from './attempts.js';
import type { RetryOptions } from './attempts.js';
import type { Credential } from './credential.js';
import { chaffHeaders, credentialHeaders, USUAL_DIGITS } from './credential-headers.js';
import { refusalOf } from './problem.js';
import type { Refusal } from './problem.js';
import { chaffBody, reportBody } from './report-body.js';
import type { ReportGroup } from './report-body.js';

export interface ReportOptions extends ServerOptions {
  readonly credential: Credential;
  /** A CEN belongs under every cell that the phone may have been in when it sent it: `cellsAt`, not `cellsAround`. */
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
  | Refusal
  /** No answer after all attempts: the report may have arrived. Send it again later, with the same key. */
  | { readonly status: 'unknown'; readonly idempotencyKey: string; readonly cause: unknown };

/**
 * Reports CENs: packs and pads them, sends them, and sends the same again while it is unknown whether they arrived (no answer,
 * or a 5xx). Throws RangeError for options that are wrong, and the signal's reason when aborted; never for an answer.
 */
export async function report(options: ReportOptions): Promise<ReportResult> {
  return send(options, reportBody(options.groups), credentialHeaders(options.credential));
}

export interface ChaffOptions extends ServerOptions {
  /** With which credential it is to look like a report: `permission` by default. */
  readonly like?: 'permission' | 'token';
  /** Digits of the deployment's permission numbers, `permissionDigits` of its settings; 12 by default. */
  readonly digits?: number;
  /** How many CENs to pretend to report, at most what `GET /v1` allows; 9,072, two weeks of them, by default. */
  readonly count?: number;
  readonly retry?: RetryOptions;
}

/**
 * Sends cover traffic that looks like a report to whoever watches the network, at moments that the app draws at random. The
 * server answers as it does to a report, and keeps nothing.
 */
export async function chaff(options: ChaffOptions): Promise<ReportResult> {
  const { like = 'permission', digits = USUAL_DIGITS, count = 9072 } = options;
  return send(options, chaffBody(count), chaffHeaders({ like, digits }));
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
  credential: Readonly<Record<string, string>>,
): Promise<ReportResult> {
  const { idempotencyKey = newIdempotencyKey(), retry, signal } = options;
  const server = new Server(options);
  const request: RequestInit = {
    method: 'POST',
    headers: {
      'Content-Type': 'application/vnd.cen.report',
      'Idempotency-Key': idempotencyKey,
      ...credential,
    },
    body,
  };
  const attempted = await untilAnswered(() => answerOf(server, request), retry, signal);
  if ('answer' in attempted) return attempted.answer;
  return { status: 'unknown', idempotencyKey, cause: attempted.cause };
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
  return refusalOf(response, text);
}
