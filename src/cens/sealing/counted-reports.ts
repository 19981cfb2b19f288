import type { PendingReport } from '../reports/pending-codec.js';

/**
 * Which reports count towards `MIN_REPORTS` (invariant 6). All those of one upload site count as one: whoever sits in its waiting
 * room can send as many as they like, and must not be able to surround another's report with their own (ADR 0023).
 */
export function countedReports(pending: readonly PendingReport[]): boolean[] {
  const sites = new Set<string>();
  return pending.map(({ backing, site }) => {
    if (backing === 'unbacked') return false;
    if (site === undefined) return true;
    const isFirst = !sites.has(site);
    sites.add(site);
    return isFirst;
  });
}
