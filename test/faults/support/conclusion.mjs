// The end of every program: everything definite, everything read back, and nothing wrong.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { postReport } from './http.mjs';
import { PublishedReader } from './published.mjs';
import { cellsByCen, randomReport } from './reports.mjs';
import { faultsOf, listed } from './verdict.mjs';

/** How long the last reports may wait for their slot's end, and for enough others to go out with. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 500;
/** Of each kind of request that is tried again at the end. */
const REPEATED = 100;
const ATTEMPTS = 10;

/**
 * Stops the load, tries every number once more in each way that must not work and in the one that must, waits until the
 * last report is published, and reads all batches back from each server.
 * @param orders `{ requestId, count }` of everything that was minted
 */
export async function conclude({ servers, uploaders, orders, extraFaults = [] }) {
  await uploaders.stop();
  const { ledger } = uploaders;
  const agent = new http.Agent({ keepAlive: true });
  const [first] = servers;
  const repeats = await repeatAccepted(first.url, ledger, agent);
  const spent = await spendAgain(first, ledger, orders, agent);
  await useUnused(uploaders, agent);
  agent.destroy();

  const sought = new Set(ledger.flatMap((report) => [...cellsByCen(report).keys()]));
  const rootKey = await first.rootKey();
  const readers = servers.map(({ url }) => new PublishedReader(url, rootKey, (cen) => sought.has(cen)));
  let faults = [];
  let batches = [];
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await sleep(LOOK_MS)) {
    const views = await Promise.all(readers.map((reader) => reader.readAll()));
    batches = views[0];
    faults = views.flatMap((view) => faultsOf(ledger, view));
    if (faults.length === 0) break;
  }
  return summarise({ ledger, batches, uploaders, faults: [...extraFaults, ...repeats, ...spent, ...faults] });
}

/** The same request again: the same answer, also when its report was published long ago. */
async function repeatAccepted(url, ledger, agent) {
  const sample = ledger.filter(({ accepted }) => accepted).sort(() => Math.random() - 0.5);
  const wrong = [];
  for (const report of sample.slice(0, REPEATED)) {
    const status = await answerTo(url, report, agent);
    if (status !== 202) wrong.push(`an accepted request, repeated, was answered ${status}`);
  }
  return wrong;
}

/** The same order minted again gives the same numbers, and a spent one among them stays spent. */
async function spendAgain(server, ledger, orders, agent) {
  const spent = new Set(ledger.filter(({ accepted }) => accepted).map(({ number }) => number));
  const wrong = [];
  for (const { requestId, numbers } of orders) {
    const again = await server.mint(numbers.length, requestId);
    if (again.join() !== numbers.join()) wrong.push('an order, repeated, gave other numbers');
  }
  for (const number of [...spent].sort(() => Math.random() - 0.5).slice(0, REPEATED)) {
    const status = await answerTo(server.url, randomReport(number), agent);
    if (status !== 403) wrong.push(`a spent number was answered ${status}`);
  }
  return wrong;
}

/** The definite answer. A kept connection may be closed at the very moment when it is used again. */
async function answerTo(url, report, agent) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { status } = await postReport(url, report, { agent }).catch(() => ({ status: 500 }));
    if (status < 500) return status;
    await sleep(LOOK_MS);
  }
  throw new Error('no definite answer from a server that nobody kills');
}

/** Numbers that were never tried are as good as new. Their reports join the ledger. */
async function useUnused(uploaders, agent) {
  for (const number of uploaders.unused.splice(0, REPEATED)) await uploaders.upload(randomReport(number), agent);
}

function summarise({ ledger, batches, uploaders, faults }) {
  const accepted = ledger.filter(({ accepted }) => accepted);
  const cens = accepted.reduce((sum, report) => sum + cellsByCen(report).size, 0);
  const retried = accepted.filter(({ sent }) => sent > 1).length;
  const regions = new Set(batches.map(({ region }) => region)).size;
  const slots = new Set(batches.map(({ start }) => start)).size;
  const statuses = [...uploaders.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  console.log(`
  ${ledger.length} reports sent, ${accepted.length} accepted (${retried} of them after a retry), with ${cens} CENs
  answers: ${statuses.join(', ')}; ${uploaders.lost} connections lost or given up
  ${batches.length} batches of ${slots} slots and ${regions} regions read back and verified`);
  console.log(faults.length === 0 ? '  ✔ no fault\n' : `  ${faults.length} faults\n${listed(faults)}\n`);
  return faults.length === 0;
}
