// Uploads that differ in nothing but what becomes of them, ready to be sent.
import { randomBytes, randomInt } from 'node:crypto';
import { newIdempotencyKey, reportBody, WORLD } from 'cen-client';

const CENS = 600;

/** Which answer each kind of upload gets. */
export const STATUS_OF = { accepted: 202, refused: 403, chaff: 202 };

/** `each` uploads of every kind, in random order: `{ kind, request }`. */
export async function prepare(numbers, each) {
  const { numberFrom } = await import('../../../dist/permissions/number-format.js');
  const authorize = {
    accepted: (i) => `Permission ${numbers[i]}`,
    // Nobody has minted it, or so it is with a probability of 99.999999 %.
    refused: () => `Permission ${numberFrom(BigInt(randomInt(1e11)), 12)}`,
    chaff: () => `Chaff ${String(randomInt(1e12)).padStart(12, '0')}`,
  };
  const uploads = Object.keys(STATUS_OF).flatMap((kind) =>
    Array.from({ length: each }, (_, i) => ({ kind, request: request(authorize[kind](i)) })),
  );
  return shuffled(uploads);
}

function request(authorization) {
  const body = reportBody([{ cell: WORLD, cens: randomBytes(CENS * 16) }]);
  const head = [
    'POST /v1/reports HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/vnd.cen.report',
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
