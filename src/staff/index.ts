export { StaffModule } from './staff.module.js';
export { Staff } from './staff.js';
export { Allow, ANYONE, type Access, type Permission } from './access/allow.js';
export {
  type Actor,
  type AuthorityMember,
  type KeyActor,
  type MemberActor,
  type OperatorMember,
  type Role,
  ROLES,
} from './access/actor.js';
export { CurrentActor } from './access/current-actor.js';
export { type AdminRoute, AdminRoutes } from './access/admin-routes.js';
export { Authorities } from './authorities/authorities.js';
export { DEFAULT_AUTHORITY, type Authority, type Language, LANGUAGES } from './authorities/authority.js';
export { Audit } from './audit/audit.js';
export { AuditChain, type ChainVerdict } from './audit/audit-chain.js';
export { AuditHead, type SignedHead, signedHead } from './audit/audit-head.js';
export { type AuditRecord, COMMAND_LINE, SERVER, type SystemActor } from './audit/audit-entry.js';
export type { InvitedMember } from './members/members.js';
export { login as loginSchema } from './members/member.schema.js';
export { DescribeCsrf, DescribeStaff, NO_STORE, noContent, uuid } from './staff.openapi.js';
export { StaffError, type StaffErrorCode } from './staff-error.js';
