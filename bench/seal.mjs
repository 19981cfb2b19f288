import { randomFillSync } from 'node:crypto';
import { SealingThread } from '../dist/cens/sealing/sealing-thread.js';
import { moveClock } from '../dist/platform/database/index.js';
import { openApplication, waitForNoon } from './support/application.mjs';
import { checkpoint } from './support/checkpoint.mjs';
import { interleave, timed } from './support/interleave.mjs';
import { fillPending } from './support/pending.mjs';
import { atMost, compared } from './support/result.mjs';

export const description =
  'a whole sealing, Postgres to Postgres, in both encodings, deduplicated, signed, stored, committed';
export const limit = 'the native sort (BigUint64Array) of as many random u64';
export const gate = atMost(6);
/** A day's bundles are made at its end: at most 11 rounds fit between noon and there, warm-ups included. */
export const sizes = {
  full: { counts: [1_000_000, 10_000_000], rounds: 7, warmUps: 3 },
  smoke: { counts: [50_000], rounds: 2, warmUps: 1 },
};

const SLOT_SECONDS = 3600;

export async function run({ counts, ...times }, progress) {
  const rows = [];
  for (const count of counts) {
    const what = `${count.toLocaleString('en')} CENs`;
    rows.push(await sealAndSort({ what, count, prepare: checkpoint, gate }, times, progress));
  }
  const least = Math.min(...counts);
  const what = `${least.toLocaleString('en')} CENs, without a checkpoint`;
  rows.push(await sealAndSort({ what, count: least, prepare: () => {} }, times, progress));
  return {
    did: `sealed what was reported for the world, ${times.rounds} times each, in the sealing thread, after a checkpoint but for the last row`,
    rows,
  };
}

/**
 * @param prepare called with the database's folder before each sealing. A server in use has made a checkpoint since most reports came:
 *   their pages are then logged whole, old log files are reused, and what was stored is on disk. Without one the log files must be made first.
 */
async function sealAndSort({ what, count, prepare, gate }, times, progress) {
  const application = await openApplication();
  const { app, database, folder, close } = application;
  // No day ends between the rounds: its bundles would be a part of one of them.
  await waitForNoon(database);
  const thread = app.get(SealingThread);
  // The first one starts the thread and finds nothing.
  await thread.seal();
  const samples = await interleave(
    {
      seal: async () => {
        const { reports } = await fillPending(application, count);
        await prepare(folder);
        await moveClock(database, SLOT_SECONDS);
        return timed(async () => {
          const outcome = await thread.seal();
          const isWhole = outcome.kind === 'sealed' && outcome.reports === reports && outcome.batches > 0;
          if (!isWhole) throw new Error(JSON.stringify(outcome));
        });
      },
      sort: () => {
        const values = randomFillSync(new BigUint64Array(count));
        return timed(() => values.sort());
      },
    },
    { ...times, progress: (step) => progress(`${what}, ${step}`) },
  );
  await close();
  return compared({ what, unit: 'ms', measured: samples.seal, limit: samples.sort, gate });
}
