// `kill -9` on the server under load, at random moments and in the middle of sealings (protocol section 2, invariants 1 and 2).
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithin, temporaryFolder } from './support/belongings.mjs';
import { conclude } from './support/conclusion.mjs';
import { mintOrders } from './support/orders.mjs';
import { superuserUrl } from './support/database-of.mjs';
import { SealingWatch } from './support/sealing-watch.mjs';
import { Server } from './support/server.mjs';
import { Uploaders } from './support/uploaders.mjs';

/** More than the phones can use up in a round. */
const NUMBERS_PER_ROUND = 150;
const PHONES = 6;
const LONGEST_LIFE_MS = 4000;
const LONGEST_START_MS = 1200;
/** For a sealing to begin, the start of its thread included, and how long it may go on before the kill. */
const SEALING_WAIT_MS = 8000;
const LONGEST_SEALING_MS = 60;

const SETTINGS = { MIN_REPORTS: '3', WORLD_MAX_HOLD_SECONDS: '4', MIN_BATCH_CENS: '5000', SPLIT_ABOVE: '150' };

/** What is killed when: rounds take turns. Each returns what to say of it. */
const AIMS = [
  {
    name: 'while it serves',
    async wait() {
      const milliseconds = Math.random() * LONGEST_LIFE_MS;
      await sleep(milliseconds);
      return `${Math.round(milliseconds)} ms after it was ready`;
    },
  },
  {
    name: 'in a sealing',
    async wait(watch) {
      const sealer = await watch.next(SEALING_WAIT_MS);
      if (sealer === undefined) return 'no sealing in sight';
      const milliseconds = Math.random() * LONGEST_SEALING_MS;
      await sleep(milliseconds);
      const hit = (await watch.sealer())?.pid === sealer.pid;
      return `${Math.round(milliseconds)} ms into a sealing${hit ? ', which had not committed' : ', which had ended'}`;
    },
  },
  { name: 'while it starts' },
  {
    name: 'after a sealing',
    async wait(watch) {
      const sealer = await watch.next(SEALING_WAIT_MS);
      if (sealer === undefined) return 'no sealing in sight';
      while ((await watch.sealer())?.pid === sealer.pid) await sleep(1);
      const milliseconds = Math.random() * LONGEST_SEALING_MS;
      await sleep(milliseconds);
      return `${Math.round(milliseconds)} ms after a sealing had ended`;
    },
  },
];

export const description = 'kill -9 on the server at random moments under load';
export const rounds = { option: 'rounds', few: 4 };

export async function run(count) {
  endWithin(180 + count * 60);
  const folder = temporaryFolder('kill-server');
  const server = await Server.in(folder, { ...SETTINGS, DATA_DIR: join(folder, 'data') });
  await server.start();
  const watch = new SealingWatch(superuserUrl(join(folder, 'data')));
  const orders = await mintOrders(server, (count + 1) * NUMBERS_PER_ROUND);
  const uploaders = new Uploaders(
    [server.url],
    orders.flatMap(({ numbers }) => numbers),
  );
  uploaders.start(PHONES);
  let hits = 0;
  for (let round = 1; round <= count; round++) {
    const aim = AIMS[(round - 1) % AIMS.length];
    const { what, inFlight } = aim.wait
      ? await killRunning(server, aim, watch, uploaders)
      : await killStarting(server, uploaders);
    hits += Number(what.includes('not committed'));
    const begun = performance.now();
    await server.start();
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    console.log(
      `  kill ${round}/${count}: ${what}; ${inFlight} uploads in flight, ${uploaders.accepted} accepted so far; up again in ${seconds} s`,
    );
  }
  console.log(`  ${count} kills, ${hits} of them in the middle of a sealing`);
  const right = await conclude({ servers: [server], uploaders, orders });
  await watch.close();
  await server.kill('SIGTERM');
  return right;
}

async function killRunning(server, aim, watch, uploaders) {
  const what = await aim.wait(watch);
  const { inFlight } = uploaders;
  await server.kill();
  return { what, inFlight };
}

/** Kills it, starts it, and kills it again before it is ready. */
async function killStarting(server, uploaders) {
  const { inFlight } = uploaders;
  await server.kill();
  server.spawn();
  const milliseconds = Math.random() * LONGEST_START_MS;
  await sleep(milliseconds);
  await server.kill();
  return { what: `running, and again ${Math.round(milliseconds)} ms after its process began`, inFlight };
}
