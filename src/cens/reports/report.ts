import type { RegionId } from '../../regions/index.js';

/** Bytes of one CEN, and of one secret in a deployment of kind `preimage`. */
export const CEN_BYTES = 16;

/** The distinct CENs that one person reports for one cell; `cens` holds 16 bytes each. */
export interface ReportGroup {
  readonly cell: RegionId;
  readonly cens: Uint8Array;
}

/** One upload, validated: at least one group, each with at least one CEN. */
export type Report = readonly ReportGroup[];

/** What a deployment accepts; from the configuration. */
export interface ReportRules {
  /** CENs of one report, all groups together, before deduplication. */
  readonly maxReportCens: number;
  readonly cenShape: 'random' | 'uuid4';
}
