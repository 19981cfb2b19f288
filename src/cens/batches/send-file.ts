import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowsRange, isNotModified, parseRange } from '../../platform/http/index.js';
import { CensError } from '../cens-error.js';
import { type PublishedFile, readRange } from './published-file.js';

export const BATCH_MEDIA_TYPE = 'application/vnd.cen.batch';

/**
 * Answers with an immutable file or the range of it that was asked for. `max-age` ends with the file's retention.
 * @throws {CensError} `range-not-satisfiable`
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PublishedFile,
  now: number,
): Promise<void> {
  if (sendIfNotModified(request, reply, file, now)) return;
  const etag = etagOf(file);
  reply.headers(headersOf(file, now));
  const range = rangeOf(request, etag, file.bytes);
  if (range === 'unsatisfiable') {
    throw new CensError('range-not-satisfiable', { headers: { 'content-range': `bytes */${file.bytes}` } });
  }
  const { first, last } = range ?? { first: 0, last: file.bytes - 1 };
  if (range !== undefined) reply.status(206).header('content-range', `bytes ${first}-${last}/${file.bytes}`);
  reply.type(BATCH_MEDIA_TYPE).header('content-length', last - first + 1);
  await reply.send(request.method === 'HEAD' ? nothing() : await bodyOf(file, first, last));
}

/** Answers 304 who has the file already; false, and nothing done, where somebody has not. */
export function sendIfNotModified(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PublishedFile,
  now: number,
): boolean {
  if (!isNotModified(request.headers['if-none-match'], etagOf(file))) return false;
  void reply.headers(headersOf(file, now)).status(304).send();
  return true;
}

/** Answers a GET of the whole of a file that is one segment, and in memory; false, and nothing done, for all else. */
export function sendIfInMemory(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  file: PublishedFile,
  now: number,
): boolean {
  if (method !== 'GET' || headers.range !== undefined || file.segments[0]?.bytes !== file.bytes) return false;
  const bytes = file.segments[0].inMemory();
  if (bytes === undefined) return false;
  void reply.headers(headersOf(file, now)).type(BATCH_MEDIA_TYPE).header('content-length', bytes.length).send(bytes);
  return true;
}

function headersOf(file: PublishedFile, now: number): Record<string, string> {
  const maxAge = Math.max(0, Math.floor(file.expiresAt - now));
  return {
    etag: etagOf(file),
    'cache-control': `public, max-age=${maxAge}, immutable`,
    'accept-ranges': 'bytes',
  };
}

function etagOf({ sha256 }: PublishedFile): string {
  return `"${sha256}"`;
}

/** Ranges are for GET alone: HEAD tells of the whole (RFC 9110 section 14.2). */
function rangeOf(request: FastifyRequest, etag: string, length: number): ReturnType<typeof parseRange> {
  const asks = request.method === 'GET' && allowsRange(request.headers['if-range'] as string | undefined, etag);
  return asks ? parseRange(request.headers.range, length) : undefined;
}

/** For HEAD: Fastify would read the whole file, only to drop it. A stream, since it keeps the length that was set for it. */
function nothing(): Readable {
  return Readable.from([]);
}

/** One segment goes out as it lies in memory; several are streamed, each loaded when its turn comes. */
async function bodyOf(file: PublishedFile, first: number, last: number): Promise<Buffer | Readable> {
  const pieces = readRange(file, first, last);
  if (file.segments.length > 1) return Readable.from(pieces, { objectMode: false });
  const { value } = await pieces.next();
  return value as Buffer;
}
