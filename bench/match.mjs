import { createHash, randomBytes } from 'node:crypto';
import { defaultPrimitives, ObservationSet, readBatch } from 'cen-client';
import { compactFile } from './support/compact-file.mjs';
import { interleave, timed } from './support/interleave.mjs';
import { atMost, compared, figure } from './support/result.mjs';
import { median } from './support/statistics.mjs';

export const description =
  'a phone looks for 9,072 observations in a streamed batch of 1 M CENs (cen-client, no signature)';
export const limit = 'SHA-256 of the file by node:crypto';
export const gate = atMost(4);
export const sizes = {
  full: { cens: 1_000_000, observed: 9072, rounds: 101 },
  smoke: { cens: 50_000, observed: 9072, rounds: 5 },
};

/** Every so many-th observation is in the batch. */
const MET = 100;
/** What a phone's network stack hands out at a time. */
const PIECE_BYTES = 64 * 1024;
const PREPARATIONS = 5;

export async function run({ cens, observed, rounds }, progress) {
  progress('encoding the batch');
  const published = randomBytes(cens * 16);
  const { file } = compactFile(cens, published);
  const observations = Array.from({ length: observed }, (_, i) => ({
    cen: i % MET === 0 ? published.subarray(i * 16, i * 16 + 16) : randomBytes(16),
    observedAt: i % 3600,
  }));
  const expected = Math.ceil(observed / MET);
  const prepare = async () => new ObservationSet(observations);
  const prepared = await prepare();
  const options = {
    findKey: () => new Uint8Array(32),
    observations: prepared,
    now: () => 7200,
    primitives: { ...defaultPrimitives, verifyEd25519: () => true },
  };
  const match = async () => {
    const { matches } = await readBatch(pieces(file), options);
    // One in 10^8 runs has a false match.
    if (matches.length !== expected) throw new Error(`${matches.length} matches, ${expected} expected`);
  };
  const samples = await interleave(
    {
      match: () => timed(match),
      hash: () => timed(async () => createHash('sha256').update(file).digest()),
    },
    { rounds, warmUps: 10, progress },
  );
  // Apart from those: what it leaves to the garbage collector would be taken for matching.
  const { prepared: times } = await interleave({ prepared: () => timed(prepare) }, { rounds: PREPARATIONS, progress });
  const rows = [
    compared({ what: 'matching', unit: 'ms', measured: samples.match, limit: samples.hash, gate }),
    figure('preparing the observations, once for all batches', 'ms', median(times)),
  ];
  return {
    did: `matched against ${cens} CENs, ${file.length} bytes, ${rounds} times; each found all ${expected}`,
    rows,
  };
}

async function* pieces(file) {
  for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}
