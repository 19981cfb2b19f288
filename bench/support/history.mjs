// Batches of past slots, as their sealings would have left them: encoded, signed and stored by the product's own code.
import { createHash, randomBytes } from 'node:crypto';
import { sortUnique } from 'cen-client/encode';
import { BatchRepository } from '../../dist/cens/batches/batch.repository.js';
import { DayBundleRepository } from '../../dist/cens/batches/day-bundle.repository.js';
import { PartitionsRepository } from '../../dist/cens/retention/partitions.repository.js';
import { buildBatchFiles, finished } from '../../dist/cens/sealing/batch-file.js';
import { SealingRepository } from '../../dist/cens/sealing/sealing.repository.js';
import { SealedSlots } from '../../dist/cens/sealing/sealed-slots.js';
import { Database } from '../../dist/platform/database/index.js';
import { ed25519PrivateKey, KeyRing } from '../../dist/platform/keys/index.js';

export const DAY_SECONDS = 86_400;
export const SLOT_SECONDS = 3600;

const dayOf = (seconds) => Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;

const metaOf = (region, start) => ({
  region,
  slotStart: start,
  slotSeconds: SLOT_SECONDS,
  sealedAt: start + SLOT_SECONDS,
});

export class History {
  #days = new Map();

  constructor(app, connection) {
    this.app = app;
    this.connection = connection;
  }

  static async of(app) {
    return new History(app, await app.get(Database).connect());
  }

  /** Makes the partitions of `days` days that end with today. */
  async preparePartitions(days) {
    const partitions = this.app.get(PartitionsRepository);
    const { pool } = this.app.get(Database);
    // They are made from the day before the clock's to three days after it.
    const { rows } = await pool.query('SELECT offset_seconds::float8 AS offset FROM domain_clock');
    for (let back = days; back >= 0; back -= 4) {
      await pool.query('UPDATE domain_clock SET offset_seconds = $1', [rows[0].offset - back * DAY_SECONDS]);
      await partitions.ensureAhead(this.connection);
    }
    await pool.query('UPDATE domain_clock SET offset_seconds = $1', [rows[0].offset]);
    await partitions.ensureAhead(this.connection);
  }

  /** One batch of `cens` random CENs, in as many parts as it takes. */
  async storeBatch(region, start, cens) {
    await this.storeFiles(region, start, this.filesOf(region, start, cens));
  }

  /** The files of a batch of `cens` random CENs. */
  filesOf(region, start, cens) {
    const key = this.app.get(KeyRing).current('batch-signing');
    const order = {
      meta: metaOf(region, start),
      sorted: sortUnique(randomBytes(cens * 16)),
      fillUpTo: 0,
      cenShape: 'random',
      remainderBits: 40,
      publishFull: true,
      signingKey: { id: key.id, privateKey: ed25519PrivateKey(key) },
    };
    return [...buildBatchFiles(order)].map(finished);
  }

  async storeFiles(region, start, files) {
    for (const file of files) {
      await this.app.get(BatchRepository).insert(this.connection, { ...metaOf(region, start), ...file, start });
      this.#remember(region, start, file);
    }
  }

  /** Writes the bundles of the days before that of `latestStart`, the slot that was sealed last, and that slot; settles all days, as each sealing does. */
  async finish(latestStart) {
    const today = dayOf(latestStart);
    for (const { region, day, batches } of this.#days.values()) {
      if (day >= today) continue;
      const bundleOf = (encoding) => ({
        bytes: batches.reduce((sum, file) => sum + file[encoding].bytes, 0),
        sha256: createHash('sha256')
          .update(Buffer.concat(batches.map((file) => file[encoding].sha256)))
          .digest(),
      });
      const count = batches.reduce((sum, file) => sum + file.count, 0);
      const bundle = {
        region,
        day,
        count,
        batches: batches.length,
        compact: bundleOf('compact'),
        full: bundleOf('full'),
      };
      await this.app.get(DayBundleRepository).insert(this.connection, bundle);
    }
    const partitions = this.app.get(PartitionsRepository);
    for (const day of new Set([...this.#days.values()].map(({ day }) => day)))
      await partitions.settle(this.connection, day);
    await this.app.get(SealingRepository).insertSlot(this.connection, latestStart, latestStart + SLOT_SECONDS);
    await this.app.get(SealedSlots).refresh();
    await this.connection.end();
  }

  #remember(region, start, { count, compact, full }) {
    const day = dayOf(start);
    const key = `${region}/${day}`;
    const known = this.#days.get(key) ?? { region, day, batches: [] };
    const entry = ({ size, sha256 }) => ({ bytes: size, sha256 });
    known.batches.push({ count, compact: entry(compact), full: entry(full) });
    this.#days.set(key, known);
  }
}
