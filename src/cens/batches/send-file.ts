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
  const headers = fileHeaders(file, now);
  void reply.headers(headers);
  if (isNotModified(request.headers['if-none-match'], headers.etag)) {
    await reply.status(304).send();
    return;
  }
  const range = rangeOf(request, headers.etag, file.bytes);
  if (range === 'unsatisfiable') {
    throw new CensError('range-not-satisfiable', { headers: { 'content-range': `bytes */${file.bytes}` } });
  }
  const { first, last } = range ?? { first: 0, last: file.bytes - 1 };
  if (range !== undefined) reply.status(206).header('content-range', `bytes ${first}-${last}/${file.bytes}`);
  reply.type(BATCH_MEDIA_TYPE).header('content-length', last - first + 1);
  await reply.send(request.method === 'HEAD' ? nothing() : await bodyOf(file, first, last));
}

/** Of every answer with the file, a part of it, or nothing new. */
export function fileHeaders({ sha256, expiresAt }: PublishedFile, now: number) {
  const maxAge = Math.max(0, Math.floor(expiresAt - now));
  return {
    etag: `"${sha256}"`,
    'cache-control': `public, max-age=${maxAge}, immutable`,
    'accept-ranges': 'bytes',
  };
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
