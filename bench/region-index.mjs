import { cellToChildren, latLngToCell } from 'h3-js';
import { get } from '../test/faults/support/http.mjs';
import { compareReading } from './support/reading.mjs';
import { atLeast } from './support/result.mjs';
import { lastEndedSlot, serveHistory, slotsOf } from './support/served-history.mjs';

export const description =
  'indexes a second of a region with 21 days of batches, one each hour, and 7 children, over HTTP';
export const limit = 'bare node:http with the same buffer';
export const gate = atLeast(0.45);
export const sizes = {
  full: { days: 21, cens: 1000, processes: 7, warmUpMs: 2000, rounds: 20, milliseconds: 100 },
  smoke: { days: 3, cens: 100, processes: 2, warmUpMs: 100, rounds: 2, milliseconds: 100 },
};

const REGION = latLngToCell(48.2, 16.37, 2);

export async function run({ days, cens, ...turns }, progress) {
  progress('storing the batches');
  const children = cellToChildren(REGION, 3);
  const slots = slotsOf(days);
  const server = await serveHistory(days, async (history) => {
    for (const start of slots) await history.storeBatch(BigInt(`0x${REGION}`), start, cens);
    for (const child of children) await history.storeBatch(BigInt(`0x${child}`), lastEndedSlot(), cens);
  });
  const how = { ...turns, gate };
  const { body } = await get(`${server.url}/v1/regions/${REGION}`);
  const index = JSON.parse(body.toString());
  if (index.children.length !== children.length || index.days.length < days - 2) throw new Error('not all is listed');
  const { did, bytes, rows } = await compareReading(server, `/v1/regions/${REGION}`, how, progress);
  return {
    did: `read an index of ${bytes} bytes (${slots.length} batches in ${days} days, ${children.length} children): ${did}`,
    rows,
  };
}
