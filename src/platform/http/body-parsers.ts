import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { PlatformError } from './platform-errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler gets the body as the bytes that came, whatever the media type. */
    rawBody?: boolean;
  }
}

export interface BodyParserSettings {
  /** Media types beside JSON that some route takes; always passed on as bytes. */
  readonly binaryTypes: readonly string[];
}

/**
 * Registers the parsers of request bodies: JSON, and the binary media types. Routes marked `rawBody` get bytes also
 * for JSON, so that they decide when to look at them.
 */
export function installBodyParsers(fastify: FastifyInstance, settings: BodyParserSettings): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (request.routeOptions.config.rawBody) return done(null, bytes);
    parseJson(bytes, done);
  });
  for (const type of settings.binaryTypes) {
    fastify.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  fastify.addHook('preParsing', refuseContentEncoding);
}

function parseJson(bytes: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, JSON.parse(bytes.toString('utf8')));
  } catch {
    done(new PlatformError('malformed-request', { detail: 'The body is not well-formed JSON.' }));
  }
}

/** Nothing here is worth compressing, and a compressed body could expand past every limit. */
function refuseContentEncoding(
  request: FastifyRequest,
  _reply: FastifyReply,
  body: RequestPayload,
  done: (error: Error | null, body?: RequestPayload) => void,
): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return done(null, body);
  done(new PlatformError('unsupported-media-type', { detail: 'Send the body without Content-Encoding.' }));
}
