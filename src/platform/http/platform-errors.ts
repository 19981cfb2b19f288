import { DomainError } from './domain-error.js';

/** Refusals that no module's rule causes: the shape of the request, the route, the state of the server. */
export type PlatformErrorCode =
  | 'malformed-request'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'unsupported-media-type'
  | 'payload-too-large'
  | 'invalid-input'
  | 'forbidden-address'
  | 'internal-error'
  | 'unavailable'
  | 'too-busy';

export class PlatformError extends DomainError<PlatformErrorCode> {}
