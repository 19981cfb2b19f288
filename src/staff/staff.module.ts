import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { Config } from '../platform/config/index.js';
import { AccessGuard } from './access/access.guard.js';
import { AdminRoutes } from './access/admin-routes.js';
import { Door } from './access/door.js';
import { SameOrigin } from './access/same-origin.js';
import { ApiKeyController } from './api-keys/api-key.controller.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { Audit } from './audit/audit.js';
import { AuditChain } from './audit/audit-chain.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditHead } from './audit/audit-head.js';
import { AuditRepository } from './audit/audit.repository.js';
import { Authorities } from './authorities/authorities.js';
import { AuthorityController } from './authorities/authority.controller.js';
import { AuthorityRepository } from './authorities/authority.repository.js';
import { Housekeeping } from './housekeeping.js';
import { AccountController } from './members/account.controller.js';
import { Account } from './members/account.js';
import { Authenticators } from './members/authenticators.js';
import { InvitationController } from './members/invitation.controller.js';
import { InvitationRepository } from './members/invitation.repository.js';
import { Invitations } from './members/invitations.js';
import { MemberController } from './members/member.controller.js';
import { MemberRepository } from './members/member.repository.js';
import { Members } from './members/members.js';
import { OperatorController } from './members/operator.controller.js';
import { PasswordHash } from './members/password-hash.js';
import { RecoveryCodeRepository } from './members/recovery-code.repository.js';
import { AuthenticatorClock } from './members/totp.js';
import { TotpVault } from './members/totp-vault.js';
import { KnownDeviceRepository } from './sign-in/known-device.repository.js';
import { SecondFactor } from './sign-in/second-factor.js';
import { SessionAnswer } from './sign-in/session-answer.js';
import { SessionController } from './sign-in/session.controller.js';
import { SessionCookie } from './sign-in/session-cookie.js';
import { SessionRepository } from './sign-in/session.repository.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInFailureRepository } from './sign-in/sign-in-failure.repository.js';
import { SignInLimits } from './sign-in/sign-in-limits.js';
import { Staff } from './staff.js';

const ADMIN = [
  SessionController,
  InvitationController,
  AccountController,
  AuthorityController,
  MemberController,
  OperatorController,
  ApiKeyController,
  AuditController,
];

/** Authorities, members, sign-in, roles, API keys and the audit log; and the guard before everything under `/admin`. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    Account,
    AdminRoutes,
    ApiKeyRepository,
    ApiKeys,
    Audit,
    AuditChain,
    AuditHead,
    AuditRepository,
    AuthenticatorClock,
    Authenticators,
    Authorities,
    AuthorityRepository,
    Door,
    Housekeeping,
    InvitationRepository,
    Invitations,
    KnownDeviceRepository,
    MemberRepository,
    Members,
    PasswordHash,
    RecoveryCodeRepository,
    SameOrigin,
    SecondFactor,
    SessionAnswer,
    SessionCookie,
    SessionRepository,
    SignIn,
    SignInFailureRepository,
    SignInLimits,
    Staff,
    TotpVault,
  ],
  exports: [AdminRoutes, Audit, AuditChain, AuditHead, Authorities, Staff],
})
export class StaffModule {
  /** Controllers for the role `admin`. Global, so that every module can declare its staff routes and write the log. */
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return { module: StaffModule, global: true, controllers: roles.has('admin') ? ADMIN : [] };
  }
}
