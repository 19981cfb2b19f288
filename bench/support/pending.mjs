// Pending reports, as taking them in would have left them, without a request for each.
import { randomBytes, randomUUID } from 'node:crypto';
import { sealPending } from '../../dist/cens/reports/pending-codec.js';
import { PendingReportRepository } from '../../dist/cens/reports/pending-report.repository.js';

/** Two weeks of CENs, of twelve hours a day in which three phones are near. */
export const CENS_PER_REPORT = 9072;
const REPORTS_PER_TRANSACTION = 50;

/**
 * Stores so many CENs in whole reports, each in the cells that `cellsOf` gives for its number; all for the world by default.
 * @param database `keys` and it are of the application, or of another server's folder
 * @returns how many reports and CENs
 */
export async function fillPending({ database, keys }, cens, cellsOf = () => [0n]) {
  const key = keys.current('pending-aead');
  const repository = new PendingReportRepository(database);
  const reports = Math.max(1, Math.round(cens / CENS_PER_REPORT));
  for (let first = 0; first < reports; first += REPORTS_PER_TRANSACTION) {
    await database.transaction(async (client) => {
      for (let i = first; i < Math.min(reports, first + REPORTS_PER_TRANSACTION); i++) {
        const report = { backing: 'permission', authority: undefined, groups: groupsOf(cellsOf(i)) };
        await repository.insert(client, sealPending(randomUUID(), report, key));
      }
    });
  }
  return { reports, cens: reports * CENS_PER_REPORT };
}

function groupsOf(cells) {
  const size = Math.floor(CENS_PER_REPORT / cells.length);
  return cells.map((cell, i) => ({
    cell,
    cens: randomBytes(16 * (i === 0 ? CENS_PER_REPORT - size * (cells.length - 1) : size)),
  }));
}
