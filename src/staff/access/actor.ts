/**
 * What a member may do: `operator` runs the whole system, `manager` an authority's members, keys and quotas, `issuer` mints
 * and revokes its own, `auditor` reads figures and the log.
 */
export const ROLES = ['operator', 'manager', 'issuer', 'auditor'] as const;

export type Role = (typeof ROLES)[number];

/** The roles that exist inside an authority. */
export const AUTHORITY_ROLES = ['manager', 'issuer', 'auditor'] as const satisfies readonly Role[];

export type AuthorityRole = (typeof AUTHORITY_ROLES)[number];

interface Quotas {
  /** Numbers that the member or key may mint per UTC day; undefined: no limit of its own. */
  readonly dailyQuota: number | undefined;
  /** Numbers that its whole authority may mint per UTC day; undefined: no limit. */
  readonly authorityDailyQuota: number | undefined;
}

/** A signed-in member of an authority. */
export interface AuthorityMember extends Quotas {
  readonly kind: 'member';
  /** UUID of the member. */
  readonly id: string;
  readonly role: AuthorityRole;
  readonly authorityId: string;
  readonly sessionId: string;
}

/** A signed-in operator, who belongs to no authority. */
export interface OperatorMember {
  readonly kind: 'member';
  readonly id: string;
  readonly role: 'operator';
  readonly authorityId: undefined;
  readonly sessionId: string;
}

export type MemberActor = AuthorityMember | OperatorMember;

/** A laboratory system with its API key. */
export interface KeyActor extends Quotas {
  readonly kind: 'key';
  /** UUID of the key, not the key itself. */
  readonly id: string;
  readonly role: 'key';
  readonly authorityId: string;
}

/** Who asks. */
export type Actor = MemberActor | KeyActor;
