import { serveOneBatch } from './support/served-history.mjs';
import { compareReading } from './support/reading.mjs';
import { atLeast } from './support/result.mjs';

export const description = 'requests a second for a compact batch of 4 MiB, over HTTP';
export const limit = 'bare node:http with the same buffer';
export const gate = atLeast(0.95);
export const sizes = {
  full: { cens: 805_000, processes: 15, warmUpMs: 2000, rounds: 40, milliseconds: 100 },
  smoke: { cens: 50_000, processes: 2, warmUpMs: 100, rounds: 2, milliseconds: 100 },
};

export async function run({ cens, ...turns }, progress) {
  progress('storing a batch');
  const { server, path } = await serveOneBatch(cens);
  const how = { ...turns, gate };
  const { did, bytes, rows } = await compareReading(server, path, how, progress);
  return { did: `read ${bytes} bytes again and again: ${did}`, rows };
}
