import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseRegionIndex } from 'cen-client';
import { Database, moveClock } from '../dist/platform/database/index.js';
import { KeyRing } from '../dist/platform/keys/index.js';
import { superuserUrl } from '../test/faults/support/database-of.mjs';
import { get } from '../test/faults/support/http.mjs';
import { KeepAlive } from '../test/timing/support/keep-alive.mjs';
import { openApplication, waitForNoon } from './support/application.mjs';
import { History } from './support/history.mjs';
import { watchIdleDelay } from './support/idle-delay.mjs';
import { PassingReader } from './support/passing-reader.mjs';
import { fillPending } from './support/pending.mjs';
import { mintInOrders, reportRequest } from './support/reports.mjs';
import { atMost, bounded, boundedMedian, figure } from './support/result.mjs';
import { median, quantile } from './support/statistics.mjs';
import { startWatchedServer } from './support/watched-server.mjs';

export const description =
  'peak memory and event-loop delay of a server with a full cache that seals 10 M CENs while it serves and takes in reports: the most of all, the median of five sealings after a first';
export const limit = '1.2 GB; 50 ms';
export const gate = { gigabytes: atMost(1.2), delayMs: atMost(50) };
/** At most ten rounds fit between noon and the end of the day. */
export const sizes = {
  full: { cens: 10_000_000, earlier: 14, earlierCens: 1_000_000, reports: 300, seconds: 10, rounds: 5 },
  smoke: { cens: 100_000, earlier: 3, earlierCens: 10_000, reports: 30, seconds: 1, rounds: 1 },
};

const SLOT_SECONDS = 3600;
const READERS = 8;
const REPORT_PAUSE_MS = 100;
/** One in so many of a reader's requests is for a file that the index lists. */
const FILE_SHARE = 1 / 50;
const WORLD = '/v1/regions/world';

export async function run({ cens, earlier, earlierCens, reports, seconds, rounds }, progress) {
  const folder = await storeEarlier(earlier, earlierCens, progress);
  progress('starting a server');
  const settings = { SLOT_SECONDS: String(SLOT_SECONDS), RESPONSE_FLOOR_MS: '0', MIN_BATCH_CENS: '0' };
  const { server, watch } = await startWatchedServer(folder, settings);
  const dataDir = join(folder, 'data');
  const database = new Database(superuserUrl(dataDir));
  const store = { database, keys: new KeyRing(join(dataDir, 'keyring.json')) };
  const numbers = await mintInOrders(server, reports * (rounds + 1));
  // What a server that has run for long has in memory.
  const known = await listed(server.url);
  await readAll(server.url, known);

  const round = async (step) => {
    progress(`${step}: storing ${cens} CENs`);
    const pending = await fillPending(store, cens);
    progress(`${step}: sealing`);
    const traffic = new Traffic(server.url, numbers, known);
    traffic.start();
    await sleep(seconds * 1000);
    const measured = await sealWatched({ server, watch, database }, pending.cens);
    return { ...measured, ...(await traffic.stop(measured.begun)), cens: pending.cens };
  };
  const first = await round('warming up');
  const samples = [];
  while (samples.length < rounds) samples.push(await round(`round ${samples.length + 1} of ${rounds}`));
  await database.close();
  return describe(first, samples);
}

/** A sealing and the first reads of what it has published: everybody reads it, and nothing is larger. */
async function sealWatched({ server: { url }, watch, database }, cens) {
  const latest = (await listed(url)).at(-1).start;
  await watch();
  const idle = watchIdleDelay();
  await moveClock(database, SLOT_SECONDS);
  const begun = performance.now();
  const published = await newBatches(url, latest);
  const sealingMs = performance.now() - begun;
  const count = published.reduce((sum, batch) => sum + batch.count, 0);
  if (count < cens) throw new Error(`${cens} CENs were pending, ${count} are sealed`);
  await Promise.all(Array.from({ length: READERS }, () => readAll(url, published)));
  return { begun, sealingMs, ...(await watch()), idleDelay: await idle.measured() };
}

function describe(first, samples) {
  const of = (name) => samples.map((sample) => sample[name]);
  const total = (name) => of(name).reduce((sum, value) => sum + value, 0);
  const { cens } = samples[0];
  const meanwhile = samples.flatMap((sample) => sample.meanwhile);
  return {
    did: `sealed ${cens} CENs ${samples.length} times, in a median of ${(median(of('sealingMs')) / 1000).toFixed(1)} s until the index lists it, beside ${total('requests')} reads and ${total('reports')} reports in all; the delay is that of a sealing and the ${READERS} first reads of it`,
    rows: [
      bounded({
        what: 'peak RSS of the server',
        unit: 'GB',
        // The most since the process began.
        measured: samples.at(-1).peakBytes / 1e9,
        gate: gate.gigabytes,
      }),
      boundedMedian({ what: 'event-loop delay, 99.9 %', unit: 'ms', samples: of('p999'), gate: gate.delayMs }),
      figure('event-loop delay, 99.9 %, of the first sealing', 'ms', first.p999),
      figure('event-loop delay, 50 %', 'ms', median(of('p50'))),
      figure('event-loop delay, longest', 'ms', Math.max(...of('most'))),
      figure('event-loop delay of an idle process meanwhile, 99.9 %', 'ms', median(of('idleDelay'))),
      ...(meanwhile.length === 0 ? [] : [figure('a report meanwhile, 95 %', 'ms', quantile(meanwhile, 0.95))]),
    ],
  };
}

/** A database in which so many batches of the world are published already. */
async function storeEarlier(batches, cens, progress) {
  const { app, database, folder, close } = await openApplication({ SLOT_SECONDS: String(SLOT_SECONDS) });
  // No day ends between the rounds: its bundles would be a part of one of them.
  const last = Math.floor((await waitForNoon(database)) / SLOT_SECONDS - 1) * SLOT_SECONDS;
  const history = await History.of(app);
  await history.preparePartitions(2);
  for (let back = batches; back > 0; back--) {
    progress(`storing ${back} batches`);
    await history.storeBatch(0n, last - back * SLOT_SECONDS, cens);
  }
  await history.finish(last);
  await close();
  return folder;
}

async function listed(url) {
  const { body } = await get(`${url}${WORLD}`);
  return parseRegionIndex(body.toString(), 0n).batches;
}

/** Each file, in all its encodings, one after another. */
async function readAll(url, batches) {
  const reader = await PassingReader.to(url);
  try {
    for (const { encodings } of batches) for (const file of Object.values(encodings)) await reader.read(file.url);
  } finally {
    reader.close();
  }
}

/** Waits for the index of the world to list batches of later slots than this. */
async function newBatches(url, latest) {
  for (;;) {
    const batches = (await listed(url)).filter(({ start }) => start > latest);
    if (batches.length > 0) return batches;
    await sleep(50);
  }
}

/** Phones that read the index and what it lists, and some that report. */
class Traffic {
  #stopped = false;
  #running = [];
  #requests = 0;
  /** When each report was sent, and how long its answer took. */
  #uploads = [];

  constructor(url, numbers, known) {
    Object.assign(this, { url, numbers, known });
  }

  start() {
    this.#running = [...Array.from({ length: READERS }, () => this.#read()), this.#report()];
  }

  /** @returns how many there were, and how many milliseconds each report took that was sent after `since` */
  async stop(since) {
    this.#stopped = true;
    await Promise.all(this.#running);
    const meanwhile = this.#uploads.filter(({ at }) => at >= since).map(({ ms }) => ms);
    return { requests: this.#requests, reports: this.#uploads.length, meanwhile };
  }

  async #read() {
    const reader = await PassingReader.to(this.url);
    while (!this.#stopped) {
      await reader.read(Math.random() < FILE_SHARE ? this.#someFile() : WORLD);
      this.#requests += 1;
      await sleep(5);
    }
    reader.close();
  }

  #someFile() {
    return this.known[Math.floor(Math.random() * this.known.length)].encodings.compact.url;
  }

  async #report() {
    const connection = await KeepAlive.to(this.url);
    while (!this.#stopped && this.numbers.length > 0) {
      const at = performance.now();
      const { status } = await connection.exchange(reportRequest(this.numbers.pop()));
      if (status !== 202) throw new Error(`a report was answered ${status}`);
      this.#uploads.push({ at, ms: performance.now() - at });
      await sleep(REPORT_PAUSE_MS);
    }
    connection.close();
  }
}
