import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNotModified } from './conditional.js';

/** A signed JSON document of which there is one version at a time. */
export interface SignedDocument {
  readonly body: Buffer;
  /** SHA-256 of the body in hex; the strong ETag is this in quotes. */
  readonly sha256: string;
  /** Value of `CEN-Signature`; not part of what the ETag names. */
  readonly signature: string;
  /** Seconds for which a cache may keep it. */
  readonly maxAge: number;
  /** `application/json` unless it is another kind of it. */
  readonly mediaType?: string;
}

/** Answers with the document, or 304: also a 304 brings a fresh signature. */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: SignedDocument): void {
  const etag = `"${document.sha256}"`;
  reply.headers({ etag, 'cache-control': `public, max-age=${document.maxAge}`, 'cen-signature': document.signature });
  if (isNotModified(request.headers['if-none-match'], etag)) void reply.status(304).send();
  else void reply.type(document.mediaType ?? 'application/json; charset=utf-8').send(document.body);
}
