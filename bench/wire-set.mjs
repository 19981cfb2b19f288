import { compactFile } from './support/compact-file.mjs';
import { atMost, compared } from './support/result.mjs';

export const description = 'bits per CEN of a whole compact file, header and signature included';
export const limit = 'log2(1/ε) + log2 e: the entropy of a set of n hashes, which no encoding of that set can beat';
export const gate = atMost(1.006);
export const sizes = { full: { counts: [100_000, 1_000_000], rounds: 5 }, smoke: { counts: [10_000], rounds: 5 } };

export function run({ counts, rounds }, progress) {
  const rows = counts.map((count) => {
    progress(`encoding ${count} CENs`);
    const files = Array.from({ length: rounds }, () => compactFile(count));
    return compared({
      what: `${count.toLocaleString('en')} CENs`,
      unit: 'bits',
      measured: files.map(({ bits }) => bits),
      limit: files.map(({ falseMatchBits }) => falseMatchBits + Math.LOG2E),
      gate,
    });
  });
  return { did: `encoded ${rounds} sets of random CENs of each size`, rows };
}
