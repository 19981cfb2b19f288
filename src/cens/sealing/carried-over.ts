import { heldGroups, type PlannedRegion } from '../../regions/index.js';
import type { PendingReport } from '../reports/pending-codec.js';

/**
 * What waits of these reports for a later slot, as reports of their own. They keep what makes them count towards `MIN_REPORTS`, but
 * not the authority: its number has been counted by the sealing that read it first.
 */
export function carriedOver(reports: readonly PendingReport[], held: PlannedRegion): PendingReport[] {
  return heldGroups(held, reports).map(({ report, groups }) => {
    const { backing, site } = reports[report];
    return { backing, authority: undefined, site, groups };
  });
}
