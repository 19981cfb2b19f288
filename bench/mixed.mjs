import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cellsAround, chaff, report, sync } from 'cen-client';
import { temporaryFolder } from '../test/faults/support/belongings.mjs';
import { CENS_PER_REPORT } from './support/pending.mjs';
import { atMost, bounded, figure } from './support/result.mjs';
import { mintInOrders } from './support/reports.mjs';
import { quantile } from './support/statistics.mjs';
import { startWatchedServer } from './support/watched-server.mjs';

export const description = 'reports, chaff, syncs, minting and sealing at once, from simulated phones';
export const limit = 'no error: no status but the expected one, no exception, no file that a phone refuses';
export const gate = atMost(0);
export const sizes = {
  full: { minutes: 10, phones: 60, pauseSeconds: 4, slotSeconds: 20 },
  smoke: { minutes: 0.2, phones: 15, pauseSeconds: 0.5, slotSeconds: 2 },
};

/** Of what a phone does: reports, cover traffic; the rest are syncs. */
const REPORT_SHARE = 0.06;
const CHAFF_SHARE = 0.14;
const OBSERVATIONS = 500;
/** Of these so many are in each report that names the phone's cell. */
const MET = 20;
const FLOOR_MS = 500;
const TOWNS = [
  [48.2, 16.37],
  [47.5, 19.05],
  [47.07, 15.44],
  [50.08, 14.43],
  [48.14, 11.58],
];
/** One try: an answer that is lost or wrong is an error here, not something to try again. */
const ONCE = { attempts: 1 };
const MINT_PAUSE_MS = 30_000;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function run({ minutes, phones, pauseSeconds, slotSeconds }, progress) {
  progress('starting a server');
  const { server, watch } = await startWatchedServer(temporaryFolder('bench'), {
    SLOT_SECONDS: String(slotSeconds),
    RESPONSE_FLOOR_MS: String(FLOOR_MS),
  });
  const rootKey = await server.rootKey();
  const desk = { numbers: await mintInOrders(server, 1) };
  const log = new RequestLog();
  await watch();
  const end = performance.now() + minutes * 60_000;
  const everybody = [];
  for (let i = 0; i < phones; i++) everybody.push(new Phone({ server, rootKey, desk, log, pauseSeconds, everybody }));
  await Promise.all([
    ...everybody.map((phone) => phone.live(end)),
    mintUntil(end, server, desk, log),
    watchTime(end, progress, log),
  ]);
  const { p999, peakBytes } = await watch();
  const missing = ['report', 'chaff', 'index', 'batch'].filter(
    (kind) => !log.kinds().some((seen) => seen.kind === kind),
  );
  if (missing.length > 0) throw new Error(`Nobody has sent or read any ${missing.join(', ')}: the run shows nothing.`);
  if (log.matches === 0) throw new Error('No phone has found what it heard: the run shows nothing.');
  return {
    did: `${phones} phones for ${minutes} minutes with slots of ${slotSeconds} s and a response floor of ${FLOOR_MS} ms: ${log.describe()}`,
    rows: [
      { ...bounded({ what: 'errors', unit: 'errors', measured: log.errors.length, gate }), atAnySize: true },
      ...log.kinds().map(({ kind, times }) => figure(`${kind}, 99 % (${times.length})`, 'ms', quantile(times, 0.99))),
      figure('event-loop delay of the server, 99.9 %', 'ms', p999),
      figure('peak RSS of the server', 'GB', peakBytes / 1e9),
    ],
    errors: log.errors.slice(0, 20),
  };
}

class Phone {
  #cursor;
  #observations = Array.from({ length: OBSERVATIONS }, () => ({
    cen: randomBytes(16),
    observedAt: Date.now() / 1000,
    isReported: false,
  }));
  #cell;

  constructor({ server, rootKey, desk, log, pauseSeconds, everybody }) {
    Object.assign(this, { server, rootKey, desk, log, pauseSeconds, everybody });
    [this.#cell] = cellsAround(...TOWNS[randomInt(TOWNS.length)], 100);
  }

  async live(end) {
    while (performance.now() < end) {
      await sleep(-Math.log(1 - Math.random()) * this.pauseSeconds * 1000);
      const draw = Math.random();
      try {
        if (draw < REPORT_SHARE) await this.#report();
        else if (draw < REPORT_SHARE + CHAFF_SHARE) await this.#sendChaff();
        else await this.#sync();
      } catch (error) {
        this.log.fail(`${error.name}: ${error.message}`);
      }
    }
  }

  async #report() {
    const number = this.desk.numbers.pop();
    if (number === undefined) return;
    const met = this.everybody[randomInt(this.everybody.length)];
    const cens = randomBytes(CENS_PER_REPORT * 16);
    met.#heard(MET).forEach((cen, i) => cens.set(cen, i * 16));
    const groups = [{ cell: met.#cell, cens }];
    const options = { ...this.#options('report'), credential: { kind: 'permission', number }, groups, retry: ONCE };
    this.#requireAccepted(await report(options));
  }

  async #sendChaff() {
    this.#requireAccepted(await chaff({ ...this.#options('chaff'), retry: ONCE }));
  }

  /** Some of what it observed, which somebody is about to report. */
  #heard(count) {
    const first = randomInt(OBSERVATIONS - count);
    const heard = this.#observations.slice(first, first + count);
    for (const observation of heard) observation.isReported = true;
    return heard.map(({ cen }) => cen);
  }

  #requireAccepted(result) {
    if (result.status !== 'accepted') this.log.fail(JSON.stringify(result));
  }

  async #sync() {
    const { cursor, problems, matches } = await sync({
      ...this.#options(),
      rootKey: this.rootKey,
      places: [this.#cell],
      observations: this.#observations,
      cursor: this.#cursor,
    });
    this.#cursor = cursor;
    this.log.matches += matches.length;
    const wrong = matches.filter(({ observation }) => !observation.isReported).length;
    if (wrong > 0) this.log.fail(`${wrong} numbers found that nobody has reported`);
    for (const { url, error } of problems) this.log.fail(`${kindOf(url)}: ${error.message}`);
  }

  #options(kind) {
    return { baseUrl: this.server.url, fetch: (url, init) => this.log.fetch(kind ?? kindOf(String(url)), url, init) };
  }
}

/** What a read asks for, by its path. */
function kindOf(url) {
  if (/\/batches\//.test(url)) return 'batch';
  if (/\/days\//.test(url)) return 'day bundle';
  if (/\/regions\/[^/]+$/.test(url)) return 'index';
  return /\/keys$/.test(url) ? 'keys' : 'settings';
}

const EXPECTED = { report: [202], chaff: [202] };
const EXPECTED_OF_READS = [200, 304];

/** Every request of every phone: how long it took to its answer's head, and what was wrong. */
class RequestLog {
  errors = [];
  matches = 0;
  #times = new Map();

  async fetch(kind, url, init) {
    const begun = performance.now();
    const answer = await fetch(url, init);
    this.#timesOf(kind).push(performance.now() - begun);
    if (!(EXPECTED[kind] ?? EXPECTED_OF_READS).includes(answer.status)) this.fail(`${kind}: status ${answer.status}`);
    return answer;
  }

  #timesOf(kind) {
    if (!this.#times.has(kind)) this.#times.set(kind, []);
    return this.#times.get(kind);
  }

  fail(what) {
    this.errors.push(what);
  }

  kinds() {
    return [...this.#times].map(([kind, times]) => ({ kind, times })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  describe() {
    const requests = this.kinds().map(({ kind, times }) => `${times.length} × ${kind}`);
    return `${requests.join(', ')}; ${this.matches} matches`;
  }
}

/** An authority that mints while everything else goes on. */
async function mintUntil(end, server, desk, log) {
  while (performance.now() < end) {
    await sleep(Math.min(MINT_PAUSE_MS, Math.max(0, end - performance.now())));
    try {
      desk.numbers.push(...(await mintInOrders(server, 1)));
    } catch (error) {
      log.fail(`minting: ${inOneLine(error.message)}`);
    }
  }
}

/** What a failing command says, without its stack and the place of this program on the machine. */
function inOneLine(message) {
  return message
    .replaceAll(ROOT, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .join(' ');
}

async function watchTime(end, progress, log) {
  while (performance.now() < end) {
    progress(`${Math.ceil((end - performance.now()) / 1000)} s left, ${log.errors.length} errors`);
    await sleep(1000);
  }
}
