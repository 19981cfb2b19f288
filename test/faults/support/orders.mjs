import { randomUUID } from 'node:crypto';

const NUMBERS_PER_ORDER = 1000;

/** Mints at least `count` permission numbers: `{ requestId, numbers }` of each order. */
export async function mintOrders(server, count) {
  const orders = [];
  while (orders.length * NUMBERS_PER_ORDER < count) {
    const requestId = randomUUID();
    orders.push({ requestId, numbers: await server.mint(NUMBERS_PER_ORDER, requestId) });
  }
  return orders;
}
