import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { documentHeaders, type EarlyAnswer, isNotModified, JSON_MEDIA_TYPE } from '../../platform/http/index.js';
import { routeOf } from './file-path.js';
import { wholeInMemory } from './published-file.js';
import { PublishedFiles } from './published-files.js';
import { RegionIndex } from './region-index.js';
import { BATCH_MEDIA_TYPE, fileHeaders } from './send-file.js';

/**
 * What phones ask for by far the most, as far as it lies in memory: an index, a whole file, and whether either has changed. ETags and
 * ages come from where the controller's come from, and whatever is not as simple is left to that.
 */
@Injectable()
export class KnownAnswers {
  constructor(
    private readonly files: PublishedFiles,
    private readonly index: RegionIndex,
    private readonly clock: DomainClock,
  ) {}

  /** Of a GET without a body. */
  answer({ url = '', headers }: IncomingMessage): EarlyAnswer | undefined {
    const { range, 'if-none-match': tags } = headers;
    const file = this.files.known(url);
    if (file !== undefined) {
      const body = () => (range === undefined ? wholeInMemory(file) : undefined);
      return answerWith({ url, tags, headers: fileHeaders(file, this.clock.now()), type: BATCH_MEDIA_TYPE, body });
    }
    const index = this.index.known(url);
    if (index === undefined) return undefined;
    return answerWith({ url, tags, headers: documentHeaders(index), type: JSON_MEDIA_TYPE, body: () => index.body });
  }
}

interface Known {
  readonly url: string;
  /** `If-None-Match` */
  readonly tags: string | undefined;
  readonly headers: { readonly etag: string };
  readonly type: string;
  /** Asked for where it is sent: to look at a file keeps it in memory. */
  readonly body: () => Buffer | undefined;
}

function answerWith({ url, tags, headers, type, body }: Known): EarlyAnswer | undefined {
  const route = routeOf(url);
  if (isNotModified(tags, headers.etag)) return { status: 304, headers, route };
  const bytes = body();
  if (bytes === undefined) return undefined;
  // Added to what was made for this answer: to copy it takes longer than all else that is done here.
  Object.assign(headers, { 'content-type': type, 'content-length': bytes.length });
  return { status: 200, headers, body: bytes, route };
}
