import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply, RequestPayload } from 'fastify';
import { ByteBudget } from './byte-budget.js';
import { networkKey } from './network.js';
import { PlatformError } from './platform-errors.js';

/** What a piece of a body costs beside its bytes, whoever sends them one by one. */
const PIECE_BYTES = 256;

export interface UploadBudgetSettings {
  /** Bytes of request bodies that may be in memory at once. */
  readonly maxBytes: number;
  /** Of them, those of one network. */
  readonly maxBytesOfNetwork: number;
  /** Routes that have a budget of the same kind to themselves: staff must get in while phones cannot. */
  readonly apart: { readonly prefix: string; readonly maxBytes: number; readonly maxBytesOfNetwork: number };
}

/**
 * Bounds the memory of bodies that are being received, and looked at: what is too much is answered with 503 and `Retry-After`, while
 * those that were let in go on. Bytes count from when they are there: a length that is only announced costs nobody anything.
 *
 * To be installed after the admission: what that refuses is not kept.
 */
export function installUploadBudget(fastify: FastifyInstance, settings: UploadBudgetSettings): void {
  const { apart } = settings;
  const budget = new ByteBudget(settings.maxBytes, settings.maxBytesOfNetwork);
  const budgetApart = new ByteBudget(apart.maxBytes, apart.maxBytesOfNetwork);
  fastify.addHook('preParsing', (request, reply, body, done) => {
    if (!hasBody(request.headers)) return done(null, body);
    const isApart = request.routeOptions.url?.startsWith(apart.prefix) === true;
    done(null, counted(request.raw, reply, isApart ? budgetApart : budget, networkKey(request.ip)));
  });
}

/** Whether bytes may follow the head of a request (RFC 9112 section 6). */
export function hasBody(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The body, each piece of it taken from the budget until the request is answered. */
function counted(body: IncomingMessage, reply: FastifyReply, budget: ByteBudget, network: string): RequestPayload {
  let taken = 0;
  const pieces = new Transform({
    transform(piece: Buffer, _encoding, next) {
      const bytes = piece.length + PIECE_BYTES;
      if (!budget.take(network, bytes)) return next(new PlatformError('too-busy'));
      taken += bytes;
      next(null, piece);
    },
  });
  // The rest of what was refused passes by unread: the sender gets the answer instead of a broken connection.
  pieces.on('error', () => body.resume());
  body.once('error', (error) => pieces.destroy(error));
  body.once('close', () => body.readableEnded || pieces.destroy(new Error('the body has broken off')));
  reply.raw.once('close', () => {
    pieces.destroy();
    budget.giveBack(network, taken);
    taken = 0;
  });
  return body.pipe(pieces);
}
