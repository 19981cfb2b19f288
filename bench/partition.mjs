import { cellToChildren, getRes0Cells } from 'h3-js';
import { Cens } from '../dist/cens/index.js';
import { moveClock } from '../dist/platform/database/index.js';
import { Regions } from '../dist/regions/index.js';
import { openApplication, waitForNoon } from './support/application.mjs';
import { interleave, timed } from './support/interleave.mjs';
import { CENS_PER_REPORT, fillPending } from './support/pending.mjs';
import { atMost, compared } from './support/result.mjs';

export const description = 'deciding which regions publish what, for reports of five cells each in a large country';
export const limit = 'the whole sealing that it is a part of';
export const gate = atMost(0.2);
export const sizes = {
  full: { cens: 10_000_000, cells: 3000, rounds: 5 },
  smoke: { cens: 50_000, cells: 300, rounds: 2 },
};

const CELLS_PER_REPORT = 5;
/** CENs of a group, one report's differing from the next one's: what is to be moved up must be looked for. */
const sizeOf = (report) => Math.floor((CENS_PER_REPORT / CELLS_PER_REPORT) * (0.6 + 0.4 * ((report * 0.618) % 1)));

export async function run({ cens, cells: count, rounds }, progress) {
  const application = await openApplication();
  const { app, config, database, close } = application;
  await waitForNoon(database);
  const cells = drawCells(count);
  const cellsOf = (report) =>
    Array.from({ length: CELLS_PER_REPORT }, (_, i) => cells[(report * 7 + i) % cells.length]);
  const reports = Math.max(1, Math.round(cens / CENS_PER_REPORT));
  const pending = Array.from({ length: reports }, (_, report) => ({
    backed: true,
    groups: cellsOf(report).map((cell) => ({ cell, count: sizeOf(report) })),
  }));
  const samples = await interleave(
    {
      partition: () =>
        timed(() =>
          app.get(Regions).planSlot(pending, 0, { ...config, longestHold: 1, mostHeldCens: config.minBatchCens }),
        ),
      sealing: async () => {
        await fillPending(application, cens, cellsOf);
        await moveClock(database, config.slotSeconds);
        return timed(async () => {
          const outcome = await app.get(Cens).seal();
          if (outcome.reports !== reports || outcome.batches === 0) throw new Error(JSON.stringify(outcome));
        });
      },
    },
    { rounds, progress },
  );
  await close();
  const row = compared({ what: 'partition', unit: 'ms', measured: samples.partition, limit: samples.sealing, gate });
  return { did: `partitioned ${reports} reports in ${count} cells`, rows: [row] };
}

/** Neighbouring cells of resolution 3, as a large country or a continent has them. */
function drawCells(count) {
  return getRes0Cells()
    .slice(20)
    .flatMap((base) => cellToChildren(base, 3))
    .slice(0, count)
    .map((cell) => BigInt(`0x${cell}`));
}
