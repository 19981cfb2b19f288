import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Accepted, refused and chaff answers of this route are alike on the wire: same size, same time. */
    equalAnswer?: boolean;
    /** Answers of this route leave at a multiple of the floor, too, and keep their size. */
    pacedAnswer?: boolean;
  }
  interface FastifyRequest {
    receivedAt: number;
  }
}

/**
 * Bytes of an equal answer: status line, headers of our own and body. Room for the longest problem document with its
 * challenges; one size, so that a network observer learns nothing from it.
 */
export const EQUAL_ANSWER_BYTES = 4096;

/** What a binary body is padded with. */
const PADDING_HEADER = 'cen-padding';

/** Statuses that say nothing of a credential and are answered at once (protocol section 9). */
const ANSWERED_AT_ONCE = new Set([413, 415]);

export interface EqualAnswerSettings {
  /** Answers leave at a multiple of this, in ms; 0 switches floor and padding off. */
  readonly floorMs: number;
  /** Called when an answer missed the first multiple. */
  readonly onOverrun: () => void;
}

/** Installs the hooks that pad the answers of marked routes and hold them until the next multiple of the floor; those of paced ones are only held. */
export function installEqualAnswers(fastify: FastifyInstance, settings: EqualAnswerSettings): void {
  fastify.decorateRequest('receivedAt', 0);
  fastify.addHook('onRequest', markReceived);
  fastify.addHook('preValidation', markReceived);
  if (settings.floorMs === 0) return;
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { equalAnswer, pacedAnswer } = request.routeOptions.config;
    if (!equalAnswer && !pacedAnswer) return done(null, payload);
    holdBack(request, reply, payload, settings).then((held) => done(null, held), done);
  });
}

async function holdBack(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  settings: EqualAnswerSettings,
): Promise<unknown> {
  const { equalAnswer, pacedAnswer } = request.routeOptions.config;
  if (pacedAnswer) await untilNextMultiple(request.receivedAt, settings);
  if (!equalAnswer || ANSWERED_AT_ONCE.has(reply.statusCode)) return payload;
  const padded = Buffer.isBuffer(payload) ? padHead(reply, payload) : padBody(reply, String(payload));
  reply.header('content-length', String(Buffer.byteLength(padded)));
  await untilNextMultiple(request.receivedAt, settings);
  return padded;
}

/** Counts from the last byte of the body: how long the upload itself took is for anyone on the path to see. */
function markReceived(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  request.receivedAt = performance.now();
  done();
}

function padBody(reply: FastifyReply, body: string): string {
  const missing = missingBytes(reply, body, '0000') - ',"padding":""'.length;
  if (missing < 0 || !body.endsWith('}'))
    throw new Error('an equal answer must be a JSON object that leaves room for its padding');
  return `${body.slice(0, -1)},"padding":"${'0'.repeat(missing)}"}`;
}

/** A body whose bytes are fixed, such as a signature, is padded by a header beside it. */
function padHead(reply: FastifyReply, body: Buffer): Buffer {
  const missing = missingBytes(reply, body, String(body.length)) - `${PADDING_HEADER}: \r\n`.length;
  if (missing < 0) throw new Error('an equal answer must leave room for its padding');
  reply.header(PADDING_HEADER, incompressible(missing));
  return body;
}

/**
 * A proxy that speaks HTTP/2 compresses headers: by Huffman codes, of which those of X and Z have 8 bits (RFC 7541 appendix B), and
 * by tables of what has come before, which random letters have not.
 */
function incompressible(length: number): string {
  return Array.from(randomBytes(length), (byte) => (byte & 1 ? 'X' : 'Z')).join('');
}

function missingBytes(reply: FastifyReply, body: string | Buffer, contentLength: string): number {
  // A proxy that compresses would make the padding small, and the size follow from what was answered.
  reply.header('cache-control', 'no-store, no-transform');
  reply.header('content-length', contentLength);
  return EQUAL_ANSWER_BYTES - headBytes(reply) - Buffer.byteLength(body);
}

/** Status line and headers as Node writes them; `Date` and `Connection` come on top, alike for every answer. */
function headBytes(reply: FastifyReply): number {
  const statusLine = `HTTP/1.1 ${reply.statusCode} ${STATUS_CODES[reply.statusCode]}\r\n`;
  const lines = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${name}: ${one}\r\n`),
  );
  return Buffer.byteLength(statusLine + lines.join(''));
}

/** Timers fire up to a millisecond early or late alike for every answer; the loop only guards against early ones. */
async function untilNextMultiple(receivedAt: number, settings: EqualAnswerSettings): Promise<void> {
  const multiples = Math.max(1, Math.ceil((performance.now() - receivedAt) / settings.floorMs));
  if (multiples > 1) settings.onOverrun();
  const due = receivedAt + multiples * settings.floorMs;
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) await sleep(Math.ceil(left));
}
