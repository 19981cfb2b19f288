import { join } from 'node:path';
import pg from 'pg';
import { superuserUrl } from '../test/faults/support/database-of.mjs';
import { BatchRepository } from '../dist/cens/batches/batch.repository.js';
import { Cens } from '../dist/cens/index.js';
import { moveClock } from '../dist/platform/database/index.js';
import { openApplication, waitForNoon } from './support/application.mjs';
import { lastSealed } from './support/last-sealed.mjs';
import { fillPending } from './support/pending.mjs';
import { atMost, compared, figure } from './support/result.mjs';
import { median } from './support/statistics.mjs';

export const description =
  'bytes on disk and in the write-ahead log for pending and for sealed CENs, all forks and indexes';
export const limit = '16 bytes a pending CEN; 16 bytes and its share of the compact file a sealed one';
export const gate = { disk: atMost(1.06), log: atMost(1.1) };
export const sizes = { full: { cens: 1_000_000, rounds: 5 }, smoke: { cens: 100_000, rounds: 1 } };

const CEN_BYTES = 16;
const SLOT_SECONDS = 3600;

export async function run({ cens, rounds }, progress) {
  const samples = [];
  for (let round = 1; round <= rounds; round++) {
    samples.push(await measureOnce(cens, (step) => progress(`${step}, ${round} of ${rounds}`)));
  }
  const all = (figureOf) => samples.map(figureOf);
  const perCen = (what, bytes, least, gateOf) =>
    compared({
      what,
      unit: 'bytes/CEN',
      measured: all((one) => bytes(one) / one.cens),
      limit: all(least),
      gate: gateOf,
    });
  const pendingLeast = () => CEN_BYTES;
  const sealedLeast = (one) => CEN_BYTES + one.compactBytes / one.cens;
  const deletes = all((one) => (one.sealingLog - one.insertLog) / one.cens);
  return {
    did: `stored and sealed ${samples[0].cens} CENs, ${rounds} times`,
    rows: [
      perCen('pending, on disk', (one) => one.pendingDisk, pendingLeast, gate.disk),
      perCen('sealed, on disk', (one) => one.batchesDisk, sealedLeast, gate.disk),
      perCen('pending, log of the inserts', (one) => one.pendingLog, pendingLeast, gate.log),
      perCen('sealed, log of the inserts', (one) => one.insertLog, sealedLeast, gate.log),
      figure('log of the deletes of a sealing', 'bytes/CEN', median(deletes)),
    ],
  };
}

/** On a database of its own, in the middle of a day: bytes of what is pending, then sealed. */
async function measureOnce(wanted, progress) {
  // Without decoys: every CEN that is stored was reported.
  const application = await openApplication({ MIN_BATCH_CENS: '0', SPLIT_ABOVE: '8000000' });
  const { app, database, folder, close } = application;
  await waitForNoon(database);
  await app.get(Cens).seal();
  await moveClock(database, 3600);
  const { pool } = database;
  const superuser = new pg.Client(superuserUrl(join(folder, 'data')));
  await superuser.connect();
  const number = async (sql) => Number((await pool.query(`SELECT ${sql} AS number`)).rows[0].number);
  const logPosition = () => number(`pg_current_wal_insert_lsn() - '0/0'`);
  const logged = async (work) => {
    // What is touched first after a checkpoint is logged as a whole page: the dearest case, and always the same.
    await superuser.query('CHECKPOINT');
    const before = await logPosition();
    await work();
    return (await logPosition()) - before;
  };

  progress('storing reports');
  let cens;
  const pendingLog = await logged(async () => ({ cens } = await fillPending(application, wanted)));
  const pendingDisk = await number(`pg_total_relation_size('pending_report')`);

  progress('sealing');
  const sealingLog = await logged(() => app.get(Cens).seal());
  const batchesDisk = await number(
    `(SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent IN ('batch'::regclass, 'batch_piece'::regclass))`,
  );
  const [batch] = await lastSealed(app);
  if (batch.count !== cens) throw new Error(`${cens} CENs were reported, ${batch.count} are sealed`);
  progress('storing batches alone');
  const batches = app.get(BatchRepository);
  const connection = await database.connect();
  // Read before the checkpoint: what is read for the first time after one is logged as a whole page, too.
  const again = await batchBefore(batches, connection, batch);
  const insertLog = await logged(() => batches.insert(connection, again));
  await connection.end();
  await superuser.end();
  await close();
  return { cens, pendingDisk, pendingLog, batchesDisk, sealingLog, insertLog, compactBytes: batch.compact.bytes };
}

/** The same batch as that of the slot before. */
async function batchBefore(batches, connection, batch) {
  const files = await batches.readFiles(connection, batch);
  const fileOf = (encoding) => ({
    pieces: [files[encoding]],
    size: files[encoding].length,
    sha256: batch[encoding].sha256,
  });
  const about = { ...batch, start: batch.start - SLOT_SECONDS, slotSeconds: SLOT_SECONDS };
  return { ...about, compact: fileOf('compact'), full: fileOf('full') };
}
