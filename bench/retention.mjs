import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BatchRepository } from '../dist/cens/batches/batch.repository.js';
import { PartitionsRepository } from '../dist/cens/retention/partitions.repository.js';
import { openApplication } from './support/application.mjs';
import { checkpoint } from './support/checkpoint.mjs';
import { DAY_SECONDS, History } from './support/history.mjs';
import { timed } from './support/interleave.mjs';
import { atMost, bounded, compared } from './support/result.mjs';
import { lastEndedSlot } from './support/served-history.mjs';

export const description = 'detaching one day of 10 M CENs while batches are read from the database';
export const limit = 'detaching one day of 10 k CENs; for the DROP after it, unlinking files of the same size';
export const gate = { ratio: atMost(3), readMs: atMost(100) };
export const sizes = {
  full: { cens: 10_000_000, few: 10_000, rounds: 7 },
  smoke: { cens: 100_000, few: 1000, rounds: 2 },
};

/** Pairs of days that are dropped first and not counted. */
const WARM_UPS = 1;
const READERS = 4;
const READ_CENS = 50_000;
const READ_BYTES = 64 * 1024;
const PIECE = Buffer.alloc(1024 * 1024, 1);

export async function run({ cens, few, rounds }, progress) {
  const { app, database, folder, close } = await openApplication();
  const partitions = app.get(PartitionsRepository);
  const today = Math.floor(lastEndedSlot() / DAY_SECONDS) * DAY_SECONDS;
  const daysAgo = (days) => today - days * DAY_SECONDS;
  const history = await History.of(app);
  const pairs = rounds + WARM_UPS;
  await history.preparePartitions(2 * pairs + 1);
  await history.storeBatch(0n, daysAgo(1), READ_CENS);
  // The files of one day under every day: what is in them does not matter here.
  for (const [size, parity] of [
    [few, 0],
    [cens, 1],
  ]) {
    const files = history.filesOf(0n, today, size);
    for (let pair = 0; pair < pairs; pair++) {
      progress(`storing days of ${size.toLocaleString('en')} CENs, ${pair + 1} of ${pairs}`);
      await history.storeFiles(0n, daysAgo(2 + 2 * pair + parity), files);
    }
  }

  // What has just been stored goes to disk before anything is measured: a read that must make room for itself would wait for it.
  await checkpoint(folder);
  const readers = new Readers(app.get(BatchRepository), { region: 0n, start: daysAgo(1), part: 0 });
  readers.start();
  const connection = await database.connect();
  const samples = { many: [], few: [], drop: [], unlink: [] };
  const sizesDropped = [];
  // Oldest first, in turns: a day of many CENs, a day of few.
  for (let days = 2 * pairs + 1; days >= 2; days--) {
    progress(`dropping day ${2 * pairs + 2 - days} of ${2 * pairs}`);
    // A table of batches and one of their files.
    const day = (await partitions.list(connection)).filter((partition) => partition.day === daysAgo(days));
    const { rows } = await connection.query(
      'SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes FROM unnest($1::text[]) AS name',
      [day.map(({ name }) => name)],
    );
    const each = (step) =>
      timed(async () => {
        for (const partition of day) await step(partition);
      });
    const detached = await each((partition) => partitions.detach(connection, partition));
    const dropped = await each((partition) => partitions.drop(connection, partition));
    if (days > 2 * rounds + 1) continue;
    if (days % 2 === 0) samples.few.push(detached);
    else {
      samples.many.push(detached);
      samples.drop.push(dropped);
      sizesDropped.push(rows[0].bytes);
    }
  }
  const { slowest, reads } = await readers.stop();
  // After the reads: writing the files takes this process's time, in which no answer is seen.
  for (const bytes of sizesDropped) samples.unlink.push(await timeToUnlink(join(folder, 'unlinked'), bytes));
  await connection.end();
  await history.connection.end();
  await close();
  return {
    did: `detached and dropped ${rounds} days of ${cens} CENs and ${rounds} of ${few}, during ${reads} reads`,
    rows: [
      compared({ what: 'detaching', unit: 'ms', measured: samples.many, limit: samples.few, gate: gate.ratio }),
      bounded({ what: 'slowest read meanwhile', unit: 'ms', measured: slowest, gate: gate.readMs }),
      compared({ what: 'dropping, beside unlinking', unit: 'ms', measured: samples.drop, limit: samples.unlink }),
    ],
  };
}

/** Reads of a live batch straight from the database, one after another each. */
class Readers {
  #stopped = false;
  #times = [];
  #running = [];

  constructor(batches, name) {
    this.batches = batches;
    this.name = name;
  }

  start() {
    this.#running = Array.from({ length: READERS }, () => this.#read());
  }

  async stop() {
    this.#stopped = true;
    await Promise.all(this.#running);
    if (this.#times.length === 0) throw new Error('nothing was read meanwhile');
    return { slowest: this.#times.reduce((most, time) => Math.max(most, time), 0), reads: this.#times.length };
  }

  async #read() {
    while (!this.#stopped) {
      const milliseconds = await timed(async () => {
        const entry = await this.batches.find(this.name);
        const slice = await this.batches.readSlice(this.name, 'compact', 0, READ_BYTES);
        if (entry === undefined || slice === undefined) throw new Error('a live batch was not found');
      });
      this.#times.push(milliseconds);
    }
  }
}

async function timeToUnlink(path, bytes) {
  const file = openSync(path, 'w');
  for (let left = bytes; left > 0; left -= PIECE.length) writeSync(file, PIECE, 0, Math.min(left, PIECE.length));
  fsyncSync(file);
  closeSync(file);
  return timed(() => unlinkSync(path));
}
