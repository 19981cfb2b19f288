import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import {
  documentHeaders,
  type EarlyAnswer,
  hasBody,
  isNotModified,
  JSON_MEDIA_TYPE,
  type SignedDocument,
} from '../../platform/http/index.js';
import { routeOf } from './file-path.js';
import { type PublishedFile, wholeInMemory } from './published-file.js';
import { PublishedFiles } from './published-files.js';
import { RegionIndex } from './region-index.js';
import { BATCH_MEDIA_TYPE, fileHeaders } from './send-file.js';

/**
 * What phones ask for by far the most, as far as it lies in memory: an index, a whole file, and whether either has changed. Headers come
 * from where the controller's come from, and whatever is not as simple is left to that.
 */
@Injectable()
export class KnownAnswers {
  constructor(
    private readonly files: PublishedFiles,
    private readonly index: RegionIndex,
    private readonly clock: DomainClock,
  ) {}

  answer({ method, url = '', headers }: IncomingMessage): EarlyAnswer | undefined {
    // A body with an encoding is refused, and one that trickles is cut, which is the application's way.
    if (method !== 'GET' || headers['content-encoding'] !== undefined || hasBody(headers)) return undefined;
    const file = this.files.known(url);
    if (file !== undefined) return answerFile(url, headers, file, this.clock.now());
    const index = this.index.known(url);
    return index === undefined ? undefined : answerDocument(url, headers, index);
  }
}

function answerFile(
  url: string,
  { range, 'if-none-match': tags }: IncomingMessage['headers'],
  file: PublishedFile,
  now: number,
): EarlyAnswer | undefined {
  const headers = fileHeaders(file, now);
  const route = routeOf(url);
  if (isNotModified(tags, headers.etag)) return { status: 304, headers, route };
  const body = range === undefined ? wholeInMemory(file) : undefined;
  return body === undefined
    ? undefined
    : { status: 200, headers: withBody(headers, BATCH_MEDIA_TYPE, body), body, route };
}

function answerDocument(
  url: string,
  { 'if-none-match': tags }: IncomingMessage['headers'],
  document: SignedDocument,
): EarlyAnswer {
  const headers = documentHeaders(document);
  const { body } = document;
  const route = routeOf(url);
  if (isNotModified(tags, headers.etag)) return { status: 304, headers, route };
  return { status: 200, headers: withBody(headers, JSON_MEDIA_TYPE, body), body, route };
}

/** Adds to what was made for this answer: to copy it takes longer than all else that is done here. */
function withBody(headers: OutgoingHttpHeaders, type: string, body: Buffer): OutgoingHttpHeaders {
  return Object.assign(headers, { 'content-type': type, 'content-length': body.length });
}
