import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNotModified } from './conditional.js';

export const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';

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
  const headers = documentHeaders(document);
  void reply.headers(headers);
  if (isNotModified(request.headers['if-none-match'], headers.etag)) void reply.status(304).send();
  else void reply.type(document.mediaType ?? JSON_MEDIA_TYPE).send(document.body);
}

/** Of every answer with the document, or nothing new. */
export function documentHeaders({ sha256, maxAge, signature }: SignedDocument) {
  return { etag: `"${sha256}"`, 'cache-control': `public, max-age=${maxAge}`, 'cen-signature': signature };
}
