// npm run timing [-- --each N] [--floor MS]: whether somebody who measures answer times can tell accepted, refused and chaff uploads apart.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { endWithin, temporaryFolder } from '../faults/support/belongings.mjs';
import { Server } from '../faults/support/server.mjs';
import { auc, aucStandardError } from './support/auc.mjs';
import { KeepAlive } from './support/keep-alive.mjs';
import { KINDS, prepare, ROUTES } from './support/requests.mjs';

/** The bar: nobody may do better than this at telling two kinds apart. */
const MOST = 0.05;
/** With 1,000 of each kind the standard error is 0.013: the bar lies 3.9 of them from what chance gives. */
const EACH = 1000;
/** Enough of each to see what a missing floor shows. */
const EACH_WITHOUT_FLOOR = 300;
const FLOOR_MS = 100;
/** With a floor they mostly wait for it. Without one they queue, which drowns what they measure. */
const CONNECTIONS = 20;
const CONNECTIONS_WITHOUT_FLOOR = 12;
const WARM_UP = 60;
const NUMBERS_PER_ORDER = 1000;
const PAIRS = [
  ['accepted', 'refused'],
  ['accepted', 'chaff'],
  ['refused', 'chaff'],
];

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: String(EACH) },
    floor: { type: 'string', default: String(FLOOR_MS) },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(`npm run timing [-- --each N] [--floor MS]

  Sends N uploads of each kind (${EACH} unless given) to /v1/reports, and as many to /v1/upload-tokens, in random order,
  with a floor of MS ms (${FLOOR_MS} unless given), and compares their answer times pair by pair; reports again without a
  floor, where they must differ.`);
  process.exit(0);
}
const each = Number(values.each);
const floor = Number(values.floor);
endWithin(240 + (each * 6 * floor) / 1000);

const withFloor = [];
for (const route of Object.keys(ROUTES)) withFloor.push(await measure(route, floor, each));
const without = await measure('reports', 0, Math.min(each, EACH_WITHOUT_FLOOR));
const alike = withFloor.every(
  ({ pairs, sizes }) => pairs.every(({ value }) => Math.abs(value - 0.5) <= MOST) && sizes.size === 1,
);
const differ = without.pairs.some(({ value }) => Math.abs(value - 0.5) > MOST);
console.log(alike ? '\n  ✔ with the floor: alike' : '\n  ✘ with the floor: NOT alike');
console.log(
  differ
    ? '  ✔ without it: told apart, so the measurement can see'
    : '  ✘ without it: not told apart: the measurement is blind',
);
process.exit(alike && differ ? 0 : 1);

async function measure(route, floorMs, count) {
  const folder = temporaryFolder('timing');
  // A slot of a day: no sealing in between.
  const settings = { SLOT_SECONDS: '86400', RESPONSE_FLOOR_MS: String(floorMs), LOG_LEVEL: 'warn' };
  const server = await Server.in(folder, { DATA_DIR: join(folder, 'data'), ...settings });
  await server.start();
  const numbers = [];
  while (numbers.length < count + WARM_UP) numbers.push(...(await server.mint(NUMBERS_PER_ORDER, randomUUID())));
  const connections = floorMs === 0 ? CONNECTIONS_WITHOUT_FLOOR : CONNECTIONS;
  const exchange = async (some, each) =>
    exchangeAll(route, server.url, await prepare(route, server, some, each), connections);
  await exchange(numbers.splice(0, WARM_UP), WARM_UP);
  const answers = await exchange(numbers, count);
  const overruns = floorMs === 0 ? 0 : await overrunsOf(server);
  await server.kill('SIGTERM');
  const result = compare(answers);
  report(route, floorMs, count, result, overruns);
  return result;
}

/** Each connection sends the next upload when it has its answer, after a moment of its own: a light load. */
async function exchangeAll(route, url, uploads, connections) {
  const { statusOf } = ROUTES[route];
  const answers = [];
  const queue = [...uploads];
  const connection = async () => {
    const socket = await KeepAlive.to(url);
    for (let upload = queue.pop(); upload !== undefined; upload = queue.pop()) {
      await sleep(Math.random() * 20);
      const { status, bytes, milliseconds } = await socket.exchange(upload.request);
      if (status !== statusOf[upload.kind]) throw new Error(`${upload.kind}: answered ${status}`);
      answers.push({ kind: upload.kind, bytes, milliseconds });
    }
    socket.close();
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return answers;
}

function compare(answers) {
  const times = (kind) => answers.filter((answer) => answer.kind === kind).map(({ milliseconds }) => milliseconds);
  const pairs = PAIRS.map(([one, other]) => {
    const samples = [times(one), times(other)];
    return { one, other, value: auc(...samples), error: aucStandardError(...samples) };
  });
  const kinds = KINDS.map((kind) => ({ kind, sorted: times(kind).sort((a, b) => a - b) }));
  return { pairs, kinds, sizes: new Set(answers.map(({ bytes }) => bytes)) };
}

/** Answers that came at a later multiple of the floor than the first. */
async function overrunsOf(server) {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^cen_response_floor_overruns_total (\d+)/m.exec(metrics)?.[1] ?? NaN);
}

function report(route, floorMs, count, { pairs, kinds, sizes }, overruns) {
  console.log(
    `\n  /v1/${route}, RESPONSE_FLOOR_MS=${floorMs}, ${count} of each kind; answers of ${[...sizes].join(' or ')} bytes; ${overruns} late`,
  );
  for (const { kind, sorted } of kinds) {
    const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2);
    console.log(`    ${kind.padEnd(9)} ms: 5 % ${at(0.05)}, 50 % ${at(0.5)}, 95 % ${at(0.95)}`);
  }
  for (const { one, other, value, error } of pairs)
    console.log(`    ${one} or ${other}: AUC ${value.toFixed(3)} (standard error ${error.toFixed(3)})`);
}
