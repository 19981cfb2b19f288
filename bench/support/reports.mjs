import { randomBytes, randomUUID } from 'node:crypto';
import { newIdempotencyKey, reportBody } from 'cen-client';
import { CENS_PER_REPORT } from './pending.mjs';

const NUMBERS_PER_ORDER = 1000;

/** At least so many permission numbers of a server. */
export async function mintInOrders(server, count) {
  const numbers = [];
  while (numbers.length < count) numbers.push(...(await server.mint(NUMBERS_PER_ORDER, randomUUID())));
  return numbers;
}

/** The bytes of a whole upload of 9,072 random CENs for the world, head and body. */
export function reportRequest(number) {
  const body = reportBody([{ cell: 0n, cens: randomBytes(CENS_PER_REPORT * 16) }]);
  const head = [
    'POST /v1/reports HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/vnd.cen.report',
    `Content-Length: ${body.length}`,
    `Idempotency-Key: ${newIdempotencyKey()}`,
    `Authorization: Permission ${number}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
