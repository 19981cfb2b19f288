export { PermissionsModule } from './permissions.module.js';
export { Permissions, type ProofSealing } from './permissions.js';
export { formatNumber, type ParsedNumber, type PermissionNumber } from './number-format.js';
export { MAX_ORDER_COUNT, MAX_VALIDITY_HOURS, MIN_VALIDITY_HOURS, type MintOrder } from './order.js';
export type { MintedOrder } from './mint.js';
export type { Redemption, UnbackedOutcome } from './redemption-desk.js';
export { PermissionsError, type PermissionsErrorCode } from './permissions-error.js';
