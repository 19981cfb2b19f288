import { serveOneBatch } from './support/served-history.mjs';
import { compareReading } from './support/reading.mjs';
import { atLeast } from './support/result.mjs';

export const description = 'revalidations a second of a batch that has not changed, over HTTP';
export const limit = 'bare node:http that compares the ETag';
export const gate = atLeast(0.45);
export const sizes = {
  full: { cens: 50_000, rounds: 9, milliseconds: 1500 },
  smoke: { cens: 1000, rounds: 2, milliseconds: 200 },
};

export async function run({ cens, rounds, milliseconds }, progress) {
  progress('storing a batch');
  const { server, path } = await serveOneBatch(cens);
  const how = { rounds, milliseconds, gate, revalidate: true };
  const { did, rows } = await compareReading(server, path, how, progress);
  return { did: `revalidated a batch again and again: ${did}`, rows };
}
