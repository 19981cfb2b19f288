import { DomainError } from '../platform/http/index.js';

/** Refusals of sign-in, of the door to `/admin`, and of looking after authorities, members and keys. */
export type StaffErrorCode =
  | 'sign-in-required'
  | 'sign-in-refused'
  | 'sign-in-delayed'
  | 'csrf-refused'
  | 'not-allowed'
  | 'confirmation-required'
  | 'invitation-refused'
  | 'password-refused'
  | 'code-refused'
  | 'name-taken'
  | 'staff-not-found'
  | 'totp-required'
  | 'last-operator'
  | 'not-on-yourself';

export class StaffError extends DomainError<StaffErrorCode> {}
