import { DomainError } from '../platform/http/index.js';

/** Refusals of taking in reports and of reading batches. */
export type CensErrorCode =
  | 'missing-idempotency-key'
  | 'invalid-report'
  | 'report-too-large'
  | 'credential-required'
  | 'invalid-permission-number'
  | 'credential-refused'
  | 'foreign-page'
  | 'malformed-batch-name'
  | 'batch-not-found'
  | 'batch-expired'
  | 'batch-too-large-for-json'
  | 'range-not-satisfiable';

export class CensError extends DomainError<CensErrorCode> {}
