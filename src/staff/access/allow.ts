import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/openapi/index.js';
import type { Role } from './actor.js';

/** What an API key can be made for. */
export type KeyScope = 'mint';

/** Who may use a route under `/admin`. */
export interface Permission {
  readonly roles: readonly Role[];
  /** API keys of this scope may, too. */
  readonly apiKey?: KeyScope;
  /** Only within five minutes of giving password and code: for what a stolen session must not do. */
  readonly confirmed?: boolean;
}

/** A route for people who have not signed in yet. */
export const ANYONE = 'anyone';

export type Access = Permission | typeof ANYONE;

export const ACCESS_METADATA = 'cen:access';

/**
 * Declares who may use a route under `/admin`; without it the application does not start. Where the path has an
 * `:authorityId`, members and keys get in for their own authority only, operators for each.
 */
export function Allow(access: Access): MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_METADATA, access), ...documentation(access));
}

function documentation(access: Access): MethodDecorator[] {
  if (access === ANYONE) return [];
  return [
    ...(access.roles.length > 0 ? [ApiSecurity('session')] : []),
    ...(access.apiKey === undefined ? [] : [ApiSecurity('apiKey')]),
    ApiProblem(401, 'sign-in-required'),
    ApiProblem(403, access.confirmed ? 'confirmation-required' : 'not-allowed'),
  ];
}
