import type { Role } from '../access/actor.js';

/** A person who signs in, as colleagues see it: a login and nothing else of the person. */
export interface Member {
  /** UUID. */
  readonly id: string;
  readonly login: string;
  readonly role: Role;
  /** Null for operators. */
  readonly authorityId: string | null;
  /** Numbers that the member may mint per UTC day; null: no limit of its own. */
  readonly dailyQuota: number | null;
  readonly disabled: boolean;
  /** `invited` until the one-time link has been used, and again after a reset. */
  readonly state: 'invited' | 'active';
  /** Whether a code is needed to sign in. */
  readonly totp: boolean;
  /** UTC date of the last sign-in: the day only. */
  readonly lastSeenOn: string | null;
}

/** Which members: an authority's, or the operators. */
export type Team = { readonly authorityId: string } | 'operators';

export interface NewMember {
  readonly login: string;
  readonly role: Role;
  readonly authorityId: string | null;
  readonly dailyQuota: number | null;
}

/** What may be changed of a member; what is absent stays. */
export type MemberChange = Partial<Pick<Member, 'role' | 'dailyQuota' | 'disabled'>>;

/** Of operators and managers a code is always asked. */
export function needsTotp(role: Role): boolean {
  return role === 'operator' || role === 'manager';
}

/** The one-time link with which a member chooses a password. Shown once; its secret is in the fragment, which no server logs. */
export interface OneTimeLink {
  readonly token: string;
  readonly url: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}
