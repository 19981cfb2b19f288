import { DomainError } from '../platform/http/index.js';

export type PermissionsErrorCode =
  /** Count, validity or request id out of bounds. */
  | 'invalid-order'
  /** The request id belongs to an order of another count. */
  | 'request-id-reused'
  /** The member, key or authority may not mint so many more today. */
  | 'quota-exceeded'
  /** The body of a token request is not one that the issuer can sign. */
  | 'invalid-token-request'
  /** Neither a permission number nor chaff was sent. */
  | 'credential-required'
  /** The number has a wrong check digit or length. */
  | 'invalid-permission-number'
  /** Wrong, used, expired or revoked. */
  | 'credential-refused'
  /** Nearly every number of this length is live: `PERMISSION_DIGITS` is too small. */
  | 'number-space-exhausted'
  /** Too many refusals, or too many uploads, of one network. */
  | 'too-many-attempts';

export class PermissionsError extends DomainError<PermissionsErrorCode> {}
