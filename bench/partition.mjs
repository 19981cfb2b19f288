// Partition against the sealing that it is a part of, on a real Postgres: a ratio, to a limit of 0.2.
//   node bench/partition.mjs [--cens 1000000] [--cells 3000]
// 10 million CENs take about a minute and 1.5 GB of memory.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { getRes0Cells, cellToChildren } from 'h3-js';
import { buildIfStale } from '../scripts/build-steps.mjs';

const LIMIT = 0.2;
const CENS_PER_REPORT = 9072;
const GROUPS_PER_REPORT = 5;
const RUNS = 5;

await buildIfStale();
const { createServer } = await import('../dist/app.js');
const { Cens } = await import('../dist/cens/index.js');
const { sealPending } = await import('../dist/cens/reports/pending-codec.js');
const { PendingReportRepository } = await import('../dist/cens/reports/pending-report.repository.js');
const { loadConfig } = await import('../dist/platform/config/index.js');
const { Database } = await import('../dist/platform/database/index.js');
const { KeyRing } = await import('../dist/platform/keys/index.js');
const { Regions } = await import('../dist/regions/index.js');

const { values } = parseArgs({ options: { cens: { type: 'string' }, cells: { type: 'string' } } });
const cens = Number(values.cens ?? 1_000_000);
const cells = drawCells(Number(values.cells ?? 3000));
const folder = mkdtempSync(join(tmpdir(), 'cen-bench-'));

try {
  // Without the role `worker` nothing seals but this.
  const settings = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', ROLES: 'public', SEAL_MAX_CENS: '50000000' };
  const config = loadConfig(settings);
  const { app, close } = await createServer(config);
  try {
    const pending = await insertReports(app);
    const begun = performance.now();
    const { reports, batches } = await app.get(Cens).seal();
    const sealing = performance.now() - begun;
    const partition = median(Array.from({ length: RUNS }, () => timePartition(app.get(Regions), pending, config)));
    const ratio = partition / sealing;
    console.log(`${reports} reports of ${CENS_PER_REPORT} CENs in ${cells.length} cells, ${batches} batches`);
    console.log(`partition ${partition.toFixed(1)} ms, sealing ${sealing.toFixed(0)} ms`);
    console.log(`partition / sealing  ${ratio.toFixed(4)}  (limit ${LIMIT})`);
    if (reports !== pending.length || ratio > LIMIT) process.exitCode = 1;
  } finally {
    await close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Neighbouring cells of resolution 3, as a large country or a continent has them. */
function drawCells(count) {
  return getRes0Cells()
    .slice(20)
    .flatMap((base) => cellToChildren(base, 3))
    .slice(0, count)
    .map((cell) => BigInt(`0x${cell}`));
}

async function insertReports(app) {
  const key = app.get(KeyRing).current('pending-aead');
  const repository = app.get(PendingReportRepository);
  const sizes = [];
  for (let i = 0; i < Math.round(cens / CENS_PER_REPORT); i++) {
    const groups = Array.from({ length: GROUPS_PER_REPORT }, (_, group) => ({
      cell: cells[(i * 7 + group) % cells.length],
      cens: randomBytes(16 * Math.floor(CENS_PER_REPORT / GROUPS_PER_REPORT)),
    }));
    const row = sealPending(randomUUID(), { backing: 'permission', authority: undefined, groups }, key);
    await app.get(Database).transaction((client) => repository.insert(client, row));
    sizes.push({ backed: true, groups: groups.map((group) => ({ cell: group.cell, count: group.cens.length / 16 })) });
  }
  return sizes;
}

function timePartition(regions, pending, config) {
  const begun = performance.now();
  regions.partition(pending, config);
  return performance.now() - begun;
}

function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
