import { serveOneBatch } from './support/served-history.mjs';
import { compareReading } from './support/reading.mjs';
import { atLeast } from './support/result.mjs';

export const description = 'revalidations a second of a batch that has not changed, over HTTP';
export const limit = 'bare node:http that compares the ETag';
export const gate = atLeast(0.45);
export const sizes = {
  full: { cens: 50_000, processes: 7, warmUpMs: 2000, rounds: 20, milliseconds: 100 },
  smoke: { cens: 1000, processes: 2, warmUpMs: 100, rounds: 2, milliseconds: 100 },
};

export async function run({ cens, ...turns }, progress) {
  progress('storing a batch');
  const { server, path } = await serveOneBatch(cens);
  const how = { ...turns, gate, revalidate: true };
  const { did, rows } = await compareReading(server, path, how, progress);
  return { did: `revalidated a batch again and again: ${did}`, rows };
}
