import type { PendingReport } from '../reports/pending-codec.js';

/** How many of these reports came with a number of each authority. */
export function redeemedNumbers(reports: readonly PendingReport[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { authority } of reports) {
    if (authority !== undefined) counts.set(authority, (counts.get(authority) ?? 0) + 1);
  }
  return counts;
}
