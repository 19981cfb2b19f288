// npm run bench [-- NAME…]: how close the server is to what the machine can do at all. See --help.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../scripts/build-steps.mjs';
import { load, NAMES } from './catalogue.mjs';
import { runApart } from './support/apart.mjs';
import { machine } from './support/machine.mjs';
import { growthChart, withResult } from './support/performance-document.mjs';
import { createScreen } from './support/screen.mjs';
import { describeRows, summary } from './support/table.mjs';

/** After which a benchmark is broken. The longest at full size takes fifteen minutes. */
const FULL_SECONDS = 3600;
const SMOKE_SECONDS = 300;
const SMOKES_AT_ONCE = 2;

/** The reference run, from which the document is written. */
const RESULT = inDocs('performance.json');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cens: { type: 'string' },
    minutes: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(await help());
  process.exit(0);
}

if (values.markdown) {
  writeDocument();
  process.exit(0);
}

const isSmoke = positionals[0] === 'smoke';
const names = positionals.slice(isSmoke ? 1 : 0);
const unknown = names.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}: ${NAMES.join(', ')}`);
  process.exit(1);
}

await buildIfStale();
const screen = createScreen(values.json ? process.stderr : process.stdout);
const results = await measureAll(names.length > 0 ? names : NAMES);
screen.lines(['', ...summary(results)]);
const isBroken = results.some(({ error }) => error !== undefined);
// At small sizes a figure says nothing, but for those that say the same at any size.
const isMissed = results.some(({ rows = [] }) =>
  rows.some(({ met, atAnySize }) => met === false && (atAnySize || !isSmoke)),
);
if (isSmoke) screen.lines(['', '  Small sizes: what counts is that every program ran, not the figures.']);
const result = { machine: machine(), small: isSmoke, results };
if (values.json) console.log(JSON.stringify(result));
if (values.save) save(result);
process.exitCode = isBroken || isMissed ? 1 : 0;

/** One after another; at small sizes, where no time is looked at, two beside each other. */
async function measureAll(chosen) {
  const measured = [];
  const left = chosen.entries();
  const measureRest = async () => {
    for (const [i, name] of left) measured[i] = await measure(name);
  };
  await Promise.all(Array.from({ length: isSmoke ? SMOKES_AT_ONCE : 1 }, measureRest));
  return measured;
}

async function measure(name) {
  const benchmark = await load(name);
  const size = { ...benchmark.sizes[isSmoke ? 'smoke' : 'full'], ...chosenSizes(benchmark.sizes.full) };
  const { description, limit } = benchmark;
  const head = ['', `  ${name}: ${description}`, `    limit: ${limit}`];
  if (!isSmoke) screen.lines(head);
  const begun = performance.now();
  const outcome = await runApart({ name, size, seconds: isSmoke ? SMOKE_SECONDS : FULL_SECONDS }, (step) =>
    screen.progress(`${name}: ${step}`),
  );
  const seconds = (performance.now() - begun) / 1000;
  screen.lines([
    ...(isSmoke ? head : []),
    ...(outcome.error === undefined
      ? [`    ${outcome.did}`, ...describeRows(outcome.rows), `    took ${seconds.toFixed(1)} s`]
      : [`    BROKEN: ${outcome.error}`]),
  ]);
  return { name, description, limit, gate: benchmark.gate, size, seconds, ...outcome };
}

/** What the options say, for the benchmarks that have such a size. */
function chosenSizes(sizes) {
  const chosen = Object.entries({ cens: values.cens, minutes: values.minutes, rounds: values.rounds })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, parse(name, value)]);
  return Object.fromEntries(
    chosen.flatMap(([name, value]) => {
      if (name in sizes) return [[name, value]];
      // Several sizes of the same: the one that was asked for instead.
      return name === 'cens' && 'counts' in sizes ? [['counts', [value]]] : [];
    }),
  );
}

/** Into the reference: what was not measured now stays as it was measured last. */
function save(result) {
  const before = existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, 'utf8')).results : [];
  const measured = result.results.map((one) => ({ ...one, machine: result.machine }));
  const known = new Map([...before, ...measured].map((one) => [one.name, one]));
  const inOrder = NAMES.flatMap((name) => known.get(name) ?? []);
  writeFileSync(RESULT, `${JSON.stringify({ ...result, results: inOrder }, null, 2)}\n`);
}

function parse(name, value) {
  if (!/^\d+(\.\d+)?$/.test(value) || Number(value) <= 0) {
    console.error(`--${name}: ${value} is no number above 0`);
    process.exit(1);
  }
  return Number(value);
}

function writeDocument() {
  const result = JSON.parse(readFileSync(RESULT, 'utf8'));
  const document = inDocs('performance.md');
  writeFileSync(document, withResult(readFileSync(document, 'utf8'), result));
  const chart = growthChart(result);
  if (chart !== undefined) writeFileSync(inDocs('images/growth.svg'), chart);
}

function inDocs(path) {
  return fileURLToPath(new URL(`../docs/${path}`, import.meta.url));
}

async function help() {
  const lines = await Promise.all(NAMES.map(async (name) => `  ${name.padEnd(10)} ${(await load(name)).description}`));
  return `npm run bench [-- NAME…] [--cens N] [--minutes M] [--rounds N] [--json] [--save]
npm run bench -- smoke [NAME…]

Measures each of these, or those that are named, against a limit that is measured in the same run, alternately, and fails
where a ratio misses its gate. Everything together takes about forty minutes; smoke, at small sizes, under two minutes, and
fails only when a program does.

${lines.join('\n')}

  --cens N     CENs, for those that have that size        --json   one JSON object on the last line, the rest on stderr
  --minutes M  length of mixed                            --save   the same into docs/performance.json
  --rounds N   samples of each side                       --markdown  measures nothing: writes docs/performance.md from that
`;
}
