// The benchmarks, in the order of a run, and the file of each. A module exports `description` (what is measured), `limit` (what it is
// held against, in the same run), `gate` (what their ratio must be), `sizes` (`full` and `smoke`) and `run(size, progress)`,
// which gives `{ did, rows }`.
const FILES = {
  wire: 'wire.mjs',
  'wire-set': 'wire-set.mjs',
  disk: 'disk.mjs',
  parse: 'parse.mjs',
  report: 'report.mjs',
  seal: 'seal.mjs',
  partition: 'partition.mjs',
  match: 'match.mjs',
  serve: 'serve.mjs',
  'serve-304': 'serve-304.mjs',
  index: 'region-index.mjs',
  growth: 'growth.mjs',
  retention: 'retention.mjs',
  memory: 'memory.mjs',
  'blind-sign': 'blind-sign.mjs',
  mixed: 'mixed.mjs',
};

export const NAMES = Object.keys(FILES);

export function load(name) {
  return import(`./${FILES[name]}`);
}
