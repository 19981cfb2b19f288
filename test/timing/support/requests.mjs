// Uploads that differ in nothing but what becomes of them, ready to be sent.
import { randomBytes, randomInt } from 'node:crypto';
import { newIdempotencyKey, reportBody, WORLD } from 'cen-client';
import { prepareToken } from 'cen-client/token';

const CENS = 600;

export const KINDS = ['accepted', 'refused', 'chaff'];

/** The routes that take uploads: which answer each kind gets, and what is sent. */
export const ROUTES = {
  reports: {
    statusOf: { accepted: 202, refused: 403, chaff: 202 },
    mediaType: 'application/vnd.cen.report',
    bodies: async () => () => reportBody([{ cell: WORLD, cens: randomBytes(CENS * 16) }]),
  },
  'upload-tokens': {
    statusOf: { accepted: 200, refused: 403, chaff: 200 },
    mediaType: 'application/private-token-request',
    // One blinded request for all: whoever measures does not see the body either, and the server signs each anew.
    bodies: async (server) => {
      const { request } = await prepareToken({ baseUrl: server.url, rootKey: await server.rootKey() });
      return () => Buffer.from(request, 'base64url');
    },
  },
};

/** `each` uploads of every kind to a route of a server, in random order: `{ kind, request }`. */
export async function prepare(route, server, numbers, each) {
  const { numberFrom } = await import('../../../dist/permissions/number-format.js');
  const { mediaType, bodies } = ROUTES[route];
  const body = await bodies(server);
  const authorize = {
    accepted: (i) => `Permission ${numbers[i]}`,
    // Nobody has minted it, or so it is with a probability of 99.999999 %.
    refused: () => `Permission ${numberFrom(BigInt(randomInt(1e11)), 12)}`,
    chaff: () => `Chaff ${String(randomInt(1e12)).padStart(12, '0')}`,
  };
  const uploads = KINDS.flatMap((kind) =>
    Array.from({ length: each }, (_, i) => ({ kind, request: request(route, mediaType, authorize[kind](i), body()) })),
  );
  return shuffled(uploads);
}

function request(route, mediaType, authorization, body) {
  const head = [
    `POST /v1/${route} HTTP/1.1`,
    'Host: localhost',
    `Content-Type: ${mediaType}`,
    `Content-Length: ${body.length}`,
    `Idempotency-Key: ${newIdempotencyKey()}`,
    `Authorization: ${authorization}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function shuffled(items) {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}
