import { DomainError } from '../platform/http/index.js';

/** What can be wrong with a region, a cell or a site that somebody named. */
export type RegionsErrorCode = 'malformed-region' | 'not-a-cell' | 'cell-too-fine' | SiteErrorCode;

/** What can be wrong with an upload site. */
type SiteErrorCode = 'site-not-found' | 'site-name-taken' | 'too-many-sites' | 'sites-too-wide';

/** Its message is a clear reason, fit to be shown to whoever sent the region. */
export class RegionsError extends DomainError<RegionsErrorCode> {
  constructor(code: RegionsErrorCode, detail?: string) {
    super(code, detail === undefined ? {} : { detail });
    this.message = detail ?? code;
  }
}
