// `kill -9` on PostgreSQL under load: the server stays, answers 503 meanwhile, and loses nothing (protocol section 2, invariants 1 and 2).
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithin, postmasterPid, temporaryFolder } from './support/belongings.mjs';
import { conclude } from './support/conclusion.mjs';
import { superuserUrl } from './support/database-of.mjs';
import { mintOrders } from './support/orders.mjs';
import { SealingWatch } from './support/sealing-watch.mjs';
import { Server } from './support/server.mjs';
import { Uploaders } from './support/uploaders.mjs';

/** More than the phones can use up in a round. */
const NUMBERS_PER_ROUND = 150;
const PHONES = 6;
const LONGEST_LIFE_MS = 5000;
const SEALING_WAIT_MS = 4000;
const LONGEST_SEALING_MS = 60;
const LOOK_MS = 20;
const DOWN_MS = 1000;
const PATIENCE_MS = 60_000;

const SETTINGS = { MIN_REPORTS: '3', WORLD_MAX_HOLD_SECONDS: '4', MIN_BATCH_CENS: '5000', SPLIT_ABOVE: '150' };

/** Rounds take turns. PostgreSQL's processes are each in a session of their own: a group's kill would reach one. */
const VICTIMS = [
  { name: 'the postmaster', pids: (postmaster) => [postmaster] },
  { name: 'all its processes', pids: (postmaster) => [postmaster, ...childrenOf(postmaster)] },
  {
    name: 'the backend of the sealing, or any',
    pids: (postmaster, sealer) => [sealer ?? childrenOf(postmaster).at(-1)],
  },
];

export const description = 'kill -9 on the embedded PostgreSQL at random moments under load';
export const rounds = { option: 'rounds', few: 3 };

export async function run(count) {
  endWithin(180 + count * 60);
  const folder = temporaryFolder('kill-postgres');
  const dataDir = join(folder, 'data');
  const server = await Server.in(folder, { ...SETTINGS, DATA_DIR: dataDir });
  await server.start();
  const { pid } = server;
  const watch = new SealingWatch(superuserUrl(dataDir));
  const orders = await mintOrders(server, (count + 1) * NUMBERS_PER_ROUND);
  const uploaders = new Uploaders(
    [server.url],
    orders.flatMap(({ numbers }) => numbers),
  );
  uploaders.start(PHONES);
  let hits = 0;
  for (let round = 1; round <= count; round++) {
    // Five is prime to three: each victim meets each moment.
    const sealer = round % 5 < 3 ? await untilSealing(watch) : await atRandom(watch);
    const victim = VICTIMS[round % VICTIMS.length];
    const { inFlight } = uploaders;
    for (const one of victim.pids(postmasterPid(dataDir), sealer?.pid)) killIfThere(one);
    hits += Number(sealer !== undefined);
    const seconds = await untilReadyAgain(server);
    const moment = sealer === undefined ? 'between sealings' : 'in the middle of a sealing';
    console.log(
      `  kill ${round}/${count}: ${victim.name}, ${moment}; ${inFlight} uploads in flight, ${uploaders.accepted} accepted so far; ready again in ${seconds} s`,
    );
    if (server.pid !== pid) throw new Error(`The server has ended:\n${server.lastWords()}`);
  }
  console.log(`  ${count} kills, ${hits} of them in the middle of a sealing; the server's process is the first one`);
  const others = [...uploaders.statuses.keys()].filter((status) => status >= 500 && status !== 503);
  const extraFaults = others.map((status) => `PostgreSQL's death was answered ${status}`);
  extraFaults.push(...(await loseForGood(server, dataDir)));
  const right = await conclude({ servers: [server], uploaders, orders, extraFaults });
  await watch.close();
  await server.kill('SIGTERM');
  return right;
}

async function untilSealing(watch) {
  const sealer = await watch.next(SEALING_WAIT_MS);
  if (sealer === undefined) return undefined;
  await sleep(Math.random() * LONGEST_SEALING_MS);
  const still = await watch.sealer();
  return still?.pid === sealer.pid ? still : undefined;
}

async function atRandom(watch) {
  await sleep(Math.random() * LONGEST_LIFE_MS);
  return watch.sealer();
}

/** It may take a moment until anybody notices that it is not ready. */
async function untilReadyAgain(server) {
  const begun = performance.now();
  const noticed = begun + DOWN_MS;
  while (performance.now() < noticed && (await server.isReady())) await sleep(LOOK_MS);
  while (!(await server.isReady())) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error(`Not ready again:\n${server.lastWords()}`);
    await sleep(LOOK_MS);
  }
  return ((performance.now() - begun) / 1000).toFixed(2);
}

/** A database that cannot be started again: the server ends and says why. Put right and started again, all is there. */
async function loseForGood(server, dataDir) {
  const file = join(dataDir, 'postgres', 'data', 'PG_VERSION');
  const ended = server.ended();
  const begun = server.words().length;
  renameSync(file, `${file}.away`);
  process.kill(postmasterPid(dataDir), 'SIGKILL');
  const code = await Promise.race([ended, sleep(PATIENCE_MS, 'no end')]);
  renameSync(`${file}.away`, file);
  const explained = server.words().slice(begun).includes('cannot be started');
  console.log(`  a database that cannot come back: the server ended with ${code}${explained ? ', and said why' : ''}`);
  if (code === 'no end') return ['the server did not end although its database cannot come back'];
  await server.start();
  return code !== 0 && explained ? [] : [`the server ended with ${code} and did not say why:\n${server.lastWords()}`];
}

/** A backend may have ended in the meantime. */
function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function childrenOf(parent) {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (ppid === parent ? [pid] : []));
}
