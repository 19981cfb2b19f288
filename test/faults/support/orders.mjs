import { randomUUID } from 'node:crypto';

const NUMBERS_PER_ORDER = 1000;

/** Mints at least `count` permission numbers: `{ requestId, numbers }` of each order. */
export function mintOrders(server, count) {
  return Array.from({ length: Math.ceil(count / NUMBERS_PER_ORDER) }, () => {
    const requestId = randomUUID();
    return { requestId, numbers: server.mint(NUMBERS_PER_ORDER, requestId) };
  });
}
