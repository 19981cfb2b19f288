// Holds what was published against the ledger of what was sent and answered (protocol section 2, invariants 1, 2, 3 and 5).
import { lineage, regionId } from 'cen-client';
import { cellsByCen } from './reports.mjs';

const MOST_LISTED = 20;

/** Everything that is wrong, as sentences; none when the invariants hold. Numbers and CENs in it are random and of no use. */
export function faultsOf(ledger, batches) {
  const places = placesByCen(batches);
  const faults = [...ledger.flatMap((report) => faultsOfReport(report, places)), ...faultsOfNumbers(ledger)];
  return [...faults, ...faultsOfNames(batches)];
}

/** The first of them, for a terminal. */
export function listed(faults) {
  const more = faults.length > MOST_LISTED ? [`… and ${faults.length - MOST_LISTED} more`] : [];
  return [...faults.slice(0, MOST_LISTED), ...more].map((fault) => `  ✘ ${fault}`).join('\n');
}

function placesByCen(batches) {
  const places = new Map();
  for (const { region, start, part, cens } of batches) {
    for (const cen of cens) {
      if (!places.has(cen)) places.set(cen, []);
      places.get(cen).push({ region, start, part });
    }
  }
  return places;
}

function faultsOfReport(report, places) {
  const unexpected = report.statuses.filter((status) => status !== 202 && status !== 403 && status < 500);
  if (unexpected.length > 0) return [`a valid report was answered ${unexpected[0]}`];
  if (report.accepted === undefined) return ['a report has no definite answer'];
  const found = [...cellsByCen(report)].map(([cen, cells]) => ({ cells, places: places.get(cen) ?? [] }));
  return report.accepted ? faultsOfAccepted(report, found) : faultsOfRefused(report, found);
}

function faultsOfAccepted(report, found) {
  const missing = found.flatMap(({ cells, places }) => cells.filter((cell) => !isCovered(cell, places)));
  const astray = found.flatMap(({ cells, places }) => places.filter(({ region }) => !isAbove(region, cells)));
  const tooOften = found.filter(({ cells, places }) => places.length > cells.length);
  const slots = new Set(found.flatMap(({ places }) => places.map(({ start }) => start)));
  const who = `an accepted report (sent ${report.sent} times, answered ${report.statuses.join(', ')})`;
  return [
    missing.length > 0 && `${who}: ${missing.length} of its (cell, CEN) pairs are in no batch of the cell or above`,
    astray.length > 0 && `${who}: published in ${regionId(astray[0].region)}, where it was not reported`,
    tooOften.length > 0 && `${who}: ${tooOften.length} of its CENs are in more batches than it has cells`,
    slots.size > 1 && `${who}: published in ${slots.size} slots`,
  ].filter(Boolean);
}

function faultsOfRefused(report, found) {
  const traces = found.filter(({ places }) => places.length > 0);
  return traces.length > 0 ? [`a refused report (answered ${report.statuses.join(', ')}) was published`] : [];
}

function faultsOfNumbers(ledger) {
  const accepted = new Map();
  for (const report of ledger)
    accepted.set(report.number, (accepted.get(report.number) ?? 0) + Number(report.accepted));
  const counts = [...accepted.values()];
  const bought = counts.filter((count) => count > 1).length;
  const lost = counts.filter((count) => count === 0).length;
  return [
    bought > 0 && `${bought} numbers bought more than one report`,
    lost > 0 && `${lost} numbers are spent without a published report`,
  ].filter(Boolean);
}

function faultsOfNames(batches) {
  const names = batches.map(({ region, start, part }) => `${regionId(region)}/${start}-${part}`);
  return new Set(names).size === names.length ? [] : ['an index lists a batch twice'];
}

const isCovered = (cell, places) => {
  const line = new Set(lineage(cell));
  return places.some(({ region }) => line.has(region));
};

const isAbove = (region, cells) => cells.some((cell) => lineage(cell).includes(region));
