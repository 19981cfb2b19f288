import { type Config } from '../../platform/config/index.js';
import { PlatformError } from '../../platform/http/index.js';
import type { Regions } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { parseJsonReport } from './json-report.js';
import { parsePackedReport } from './packed-report.js';
import type { Report } from './report.js';

export const REPORT_MEDIA_TYPE = 'application/vnd.cen.report';

type Parser = (body: Uint8Array, rules: ReportSettings, regions: Regions) => Report;
type ReportSettings = Pick<Config, 'maxReportCens' | 'cenShape'>;

const PARSERS: Readonly<Record<string, Parser>> = {
  [REPORT_MEDIA_TYPE]: parsePackedReport,
  'application/json': parseJsonReport,
};

/**
 * The report in a body of either media type, as it was sent: CENs, or secrets where the deployment's report kind is `preimage`.
 *
 * An `invalid-report` is returned, not thrown: other checks come between it and the ones that throw here.
 * @throws {PlatformError} `unsupported-media-type`
 * @throws {CensError} `report-too-large`
 */
export function parseReport(
  body: Uint8Array | undefined,
  mediaType: string | undefined,
  settings: ReportSettings,
  regions: Regions,
): Report | CensError {
  const parser = PARSERS[essence(mediaType)];
  if (parser === undefined) throw new PlatformError('unsupported-media-type');
  try {
    return parser(body ?? new Uint8Array(0), settings, regions);
  } catch (error) {
    if (error instanceof CensError && error.code === 'invalid-report') return error;
    throw error;
  }
}

/** A media type without its parameters (RFC 9110 section 8.3.1). */
function essence(mediaType = ''): string {
  return mediaType.split(';', 1)[0].trim().toLowerCase();
}
