import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { Config } from '../platform/config/index.js';
import { AccessGuard } from './access/access.guard.js';
import { AdminRoutes } from './access/admin-routes.js';
import { Door } from './access/door.js';
import { SameOrigin } from './access/same-origin.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { Audit } from './audit/audit.js';
import { AuditRepository } from './audit/audit.repository.js';
import { Authorities } from './authorities/authorities.js';
import { AuthorityRepository } from './authorities/authority.repository.js';
import { SessionCookie } from './sign-in/session-cookie.js';
import { SessionRepository } from './sign-in/session.repository.js';

/** Authorities, members, sign-in, roles, API keys and the audit log; and the guard before everything under `/admin`. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    AdminRoutes,
    ApiKeyRepository,
    ApiKeys,
    Audit,
    AuditRepository,
    Authorities,
    AuthorityRepository,
    Door,
    SameOrigin,
    SessionCookie,
    SessionRepository,
  ],
  exports: [AdminRoutes, Audit, Authorities],
})
export class StaffModule {
  /** Controllers for the role `admin`. Global, so that every module can declare its staff routes and write the log. */
  static of(_config: Pick<Config, 'roles'>): DynamicModule {
    return { module: StaffModule, global: true, controllers: [] };
  }
}
