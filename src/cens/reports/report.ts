import type { RegionId } from '../../regions/index.js';

/** Bytes of one CEN, and of one secret in a deployment of kind `preimage`. */
export const CEN_BYTES = 16;

/** Groups of one report: a person was in a handful of cells. What each costs beside its CENs is bounded by this. */
export const MAX_GROUPS = 1000;

/** The distinct CENs that one person reports for one cell; `cens` holds 16 bytes each. */
export interface ReportGroup {
  readonly cell: RegionId;
  readonly cens: Uint8Array;
}

/** One upload, validated: at least one group, each of another cell, with at least one CEN. */
export type Report = readonly ReportGroup[];

/** What a deployment accepts; from the configuration. */
export interface ReportRules {
  /** CENs of one report, all groups together, before deduplication. */
  readonly maxReportCens: number;
  readonly cenShape: 'random' | 'uuid4';
}
