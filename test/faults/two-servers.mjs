// Two servers on one database that seal at the same second, one of them stopped in the middle of a sealing now and then
// (protocol sections 2 and 8: each slot once, in order, whoever seals it).
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithin, temporaryFolder } from './support/belongings.mjs';
import { conclude } from './support/conclusion.mjs';
import { compareServers, IndexWatch } from './support/replicas.mjs';
import { mintOrders } from './support/orders.mjs';
import { SealingWatch } from './support/sealing-watch.mjs';
import { Server } from './support/server.mjs';
import { Uploaders } from './support/uploaders.mjs';

const NUMBERS_PER_SLOT = 45;
const PHONES = 6;
/** Time between two pauses, and how long each is: from a part of a slot to some slots. */
const LONGEST_CALM_MS = 4000;
const LONGEST_PAUSE_MS = 3000;
const LOOK_MS = 250;
/** A stop in the middle of a sealing keeps both from sealing. */
const MOST_STOPS = 10;

const SETTINGS = { MIN_REPORTS: '3', WORLD_MAX_HOLD_SECONDS: '4', MIN_BATCH_CENS: '5000', SPLIT_ABOVE: '150' };

export const description = 'two servers sealing the same slots, one of them paused in the middle of it now and then';
export const rounds = { option: 'slots', few: 12 };

export async function run(slots) {
  endWithin(240 + slots * 20);
  const folder = temporaryFolder('two-servers');
  const postgres = await startPostgres(folder);
  const [first, second] = await Promise.all(['one', 'two'].map((name) => serverOn(folder, postgres, name)));
  await first.start();
  await second.start();
  const watch = new SealingWatch(postgres.ownerUrl);
  const orders = await mintOrders(first, (slots + 10) * NUMBERS_PER_SLOT);
  const uploaders = new Uploaders(
    [first.url, second.url],
    orders.flatMap(({ numbers }) => numbers),
  );
  const indexes = [first, second].map((server) => new IndexWatch(server));
  uploaders.start(PHONES);
  const pauses = await pauseUntil(slots, [first, second], watch, indexes);
  await letBothSeal([first, second]);
  const sealers = [first, second].map((server) => `${server.name} sealed ${sealedBy(server)}`).join(', ');
  console.log(
    `  ${await sealedCount(watch)} slots sealed: ${sealers}; ${pauses.length} pauses in the middle of a sealing`,
  );
  const outOfOrder = await slotsOutOfOrder(watch);
  await uploaders.stop();
  const extraFaults = [...outOfOrder, ...indexes.flatMap(({ faults }) => faults), ...idle([first, second])];
  const right = await conclude({ servers: [first, second], uploaders, orders, extraFaults });
  const differences = await compareServers(first, second);
  console.log(differences.text);
  await watch.close();
  await Promise.all([first.kill('SIGTERM'), second.kill('SIGTERM')]);
  await postgres.close();
  return right && differences.right;
}

async function startPostgres(folder) {
  const { ownPostgres } = await import('../../dist/platform/database/embedded/index.js');
  return ownPostgres(join(folder, 'data'));
}

/** Each says in the database who it is. */
function serverOn(folder, { url, ownerUrl }, name) {
  const settings = {
    ...SETTINGS,
    DATABASE_URL: `${url}&application_name=${name}`,
    DATABASE_OWNER_URL: ownerUrl,
    DATA_DIR: folder,
  };
  return Server.in(folder, settings, name);
}

/** Watches both indexes all the time, and stops whoever seals now and then, until so many slots are sealed. */
async function pauseUntil(slots, servers, watch, indexes) {
  const pauses = [];
  const first = await sealedCount(watch);
  let nextPause = performance.now();
  for (let sealed = 0; sealed < slots; sealed = (await sealedCount(watch)) - first) {
    if (performance.now() >= nextPause) {
      const pause = await pauseSealer(servers, watch);
      nextPause = performance.now() + Math.random() * LONGEST_CALM_MS;
      if (pause !== undefined) {
        pauses.push(pause);
        console.log(`  slot ${sealed}/${slots}: ${pause.name} stopped for ${pause.milliseconds} ms in its sealing`);
      }
    }
    await Promise.all(indexes.map((index) => index.look()));
    await sleep(LOOK_MS);
  }
  return pauses;
}

/** Stops a server that is sealing; a stop that came too late does not count. */
async function pauseSealer(servers, watch) {
  const sealer = await watch.next(2000);
  const server = servers.find(({ name }) => name === sealer?.name);
  if (server === undefined) return undefined;
  server.signal('SIGSTOP');
  try {
    const still = await watch.sealer();
    if (still?.pid !== sealer.pid) return undefined;
    const milliseconds = Math.round(Math.random() * LONGEST_PAUSE_MS);
    await sleep(milliseconds);
    // Whatever Postgres had been sent before the stop is done by now: what it waits for is the stopped server.
    return (await watch.sealer())?.pid === sealer.pid ? { name: server.name, milliseconds } : undefined;
  } finally {
    server.signal('SIGCONT');
  }
}

/** On a busy machine one of the two may come first each time: then it is stopped until the other has sealed. */
async function letBothSeal(servers) {
  for (const server of servers) {
    const other = servers.find((each) => each !== server);
    for (let tries = 0; sealedBy(server) === 0 && tries < MOST_STOPS; tries++) {
      other.signal('SIGSTOP');
      await sleep(LONGEST_PAUSE_MS);
      other.signal('SIGCONT');
      await sleep(LOOK_MS);
    }
  }
}

async function sealedCount(watch) {
  return Number((await watch.query('SELECT count(*) FROM sealed_slot'))[0].count);
}

/**
 * A later slot is sealed later, and by a transaction that began later: xmin only grows here. It may be the same as the one
 * before, whose counts a sealing forgets when it records its own.
 */
async function slotsOutOfOrder(watch) {
  const rows = await watch.query(
    'SELECT start::float8, extract(epoch FROM sealed_at)::float8 AS at, xmin::text::float8 AS xid FROM sealed_slot ORDER BY start',
  );
  const wrong = rows.filter(
    ({ at, xid, start }, i) => i > 0 && !(at > rows[i - 1].at && xid >= rows[i - 1].xid && start + 1 <= at),
  );
  return wrong.map(({ start }) => `slot ${start} was sealed out of order`);
}

function sealedBy(server) {
  return server.words().match(/event=sealed slot=/g)?.length ?? 0;
}

function idle(servers) {
  return servers
    .filter((server) => sealedBy(server) === 0)
    .map(({ name }) => `server ${name} never sealed: nothing was proved`);
}
