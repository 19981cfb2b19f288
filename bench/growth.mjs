import { randomBytes, randomUUID } from 'node:crypto';
import { newIdempotencyKey, reportBody } from 'cen-client';
import { cellToChildren, latLngToCell } from 'h3-js';
import { Cens } from '../dist/cens/index.js';
import { SealedSlots } from '../dist/cens/sealing/sealed-slots.js';
import { moveClock } from '../dist/platform/database/index.js';
import { Minting, systemMinter } from '../dist/permissions/index.js';
import { Authorities, DEFAULT_AUTHORITY } from '../dist/staff/index.js';
import { get, postReport } from '../test/faults/support/http.mjs';
import { openApplication, waitForNoon } from './support/application.mjs';
import { DAY_SECONDS, History, SLOT_SECONDS } from './support/history.mjs';
import { interleave, timed } from './support/interleave.mjs';
import { CENS_PER_REPORT, fillPending } from './support/pending.mjs';
import { atMost, compared } from './support/result.mjs';
import { checkpoint } from './support/checkpoint.mjs';

export const description = 'times of a report, a sealing and reads with 50 M CENs stored';
export const limit = 'the same with 1 M CENs stored';
export const gate = atMost(1.15);
export const sizes = {
  full: { cens: 50_000_000, few: 1_000_000, batchCens: 20_000, reports: 30, sealings: 45, reads: 95 },
  smoke: { cens: 400_000, few: 100_000, batchCens: 5000, reports: 4, sealings: 2, reads: 10 },
};

const DAYS = 20;
const SEALED_REPORTS = 12;
/** Where the batches are that the world has none of. */
const REGIONS = cellToChildren(latLngToCell(48.2, 16.37, 2), 3).map((cell) => BigInt(`0x${cell}`));
/** So short that all sealings fit between noon and midnight. */
const SLOT = 300;

export async function run(size, progress) {
  const many = await System.with(size.cens, size, progress);
  const few = await System.with(size.few, size, progress);
  const pairs = async (name, rounds, work) => {
    const samples = await interleave(
      { many: () => work(many), few: () => work(few) },
      { rounds, progress: (step) => progress(`${name}: ${step}`) },
    );
    return compared({ what: name, unit: 'ms', measured: samples.many, limit: samples.few, gate });
  };
  const rows = [
    await pairs('a report of 9,072 CENs', size.reports, (system) => system.report()),
    await pairs('a file of a batch, read for the first time', size.reads, (system) => system.readFile()),
    await pairs('a sealing of 12 reports', size.sealings, (system) => system.seal()),
    await pairs('an index, after a sealing', size.sealings, (system) => system.readIndex()),
  ];
  await many.close();
  await few.close();
  return {
    did: `compared systems with ${many.batches} and ${few.batches} batches of ${size.batchCens} CENs in ${DAYS} days`,
    rows,
  };
}

function pathsOf(region, start) {
  const place = region === 0n ? 'world' : region.toString(16);
  return ['compact', 'full'].map((encoding) => `/v1/regions/${place}/batches/${start}-0.${encoding}`);
}

/** A server that has batches of one size, as many as its CENs make: one a day for the world, the others for a region. */
class System {
  static async with(cens, { batchCens, few }, progress) {
    const application = await openApplication({ MIN_BATCH_CENS: '0', SLOT_SECONDS: String(SLOT) });
    const { app, database, folder } = application;
    const now = await waitForNoon(database);
    const history = await History.of(app);
    await history.preparePartitions(DAYS);
    const batches = Math.round(cens / batchCens);
    const firstDay = Math.floor(now / DAY_SECONDS) * DAY_SECONDS - DAYS * DAY_SECONDS;
    const paths = [];
    for (let i = 0; i < batches; i++) {
      if (i % 20 === 0) progress(`storing batch ${i} of ${batches}`);
      const turn = Math.floor(i / DAYS);
      const start = firstDay + (i % DAYS) * DAY_SECONDS + (turn % 24) * SLOT_SECONDS;
      const region = turn === 0 ? 0n : REGIONS[Math.floor(turn / 24)];
      await history.storeBatch(region, start, batchCens);
      if (i < few / batchCens) paths.push(...pathsOf(region, start));
    }
    await history.finish(Math.floor(now / SLOT_SECONDS) * SLOT_SECONDS - 2 * SLOT_SECONDS);
    await checkpoint(folder);
    await app.listen(0, '127.0.0.1');
    return new System(application, await app.getUrl(), paths, batches);
  }

  constructor(application, url, paths, batches) {
    Object.assign(this, application, { url, paths, batches });
    this.numbers = [];
  }

  async report() {
    if (this.numbers.length === 0) this.numbers = await this.#mint();
    const body = reportBody([{ cell: 0n, cens: randomBytes(CENS_PER_REPORT * 16) }]);
    const report = { number: this.numbers.pop(), key: newIdempotencyKey(), body };
    return timed(async () => {
      const { status } = await postReport(this.url, report);
      if (status !== 202) throw new Error(`a report was answered ${status}`);
    });
  }

  /** A file that was not read before: of the same batch in both systems. */
  async readFile() {
    const path = this.paths.pop();
    return timed(() => get(`${this.url}${path}`));
  }

  async seal() {
    await fillPending(this, SEALED_REPORTS * CENS_PER_REPORT);
    await moveClock(this.database, SLOT);
    return timed(async () => {
      const { kind, batches } = await this.app.get(Cens).seal();
      if (kind !== 'sealed' || batches === 0) throw new Error(`the sealing: ${kind}, ${batches} batches`);
    });
  }

  /** The index of a region that the sealing did not change is built anew all the same. */
  async readIndex() {
    await this.seal();
    // As the notice of a sealing makes a server do; without, the answer would be the one from memory.
    const slots = this.app.get(SealedSlots);
    await slots.refresh();
    let index;
    const milliseconds = await timed(async () => (index = await get(`${this.url}/v1/regions/world`)));
    const { batches } = JSON.parse(index.body.toString());
    if (batches.at(-1).start !== slots.latest()) throw new Error('the index does not list the new batch');
    return milliseconds;
  }

  async #mint() {
    const authority = await this.app.get(Authorities).find(DEFAULT_AUTHORITY);
    const order = { requestId: randomUUID(), count: 100 };
    return (await this.app.get(Minting).mint(systemMinter(authority), order)).numbers;
  }
}
