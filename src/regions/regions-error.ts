import { DomainError } from '../platform/http/index.js';

/** What can be wrong with a region or a cell that somebody named. */
export type RegionsErrorCode = 'malformed-region' | 'not-a-cell' | 'cell-too-fine';

/** Its message is a clear reason, fit to be shown to whoever sent the region. */
export class RegionsError extends DomainError<RegionsErrorCode> {
  constructor(code: RegionsErrorCode, detail: string) {
    super(code, { detail });
    this.message = detail;
  }
}
