import { createHash } from 'node:crypto';
import {
  type Actor,
  type Authority,
  type AuthorityMember,
  COMMAND_LINE,
  type KeyActor,
  type SystemActor,
} from '../../staff/index.js';

/** Whoever has the machine mints for an authority: within its quota, and without one of its own. */
export interface SystemMinter {
  readonly kind: 'system';
  readonly id?: undefined;
  readonly authorityId: string;
  readonly dailyQuota?: undefined;
  readonly authorityDailyQuota: number | undefined;
}

/** Who places orders: a member, a laboratory system with its key, or the command line. */
export type Minter = AuthorityMember | KeyActor | SystemMinter;

/** Who placed an order, as it is stored and shown. */
export interface MintedBy {
  readonly kind: Minter['kind'];
  /** UUID of the member or key; null for the command line. */
  readonly id: string | null;
}

export function systemMinter({ id, dailyQuota }: Pick<Authority, 'id' | 'dailyQuota'>): SystemMinter {
  return { kind: 'system', authorityId: id, authorityDailyQuota: dailyQuota ?? undefined };
}

export function mintedBy({ kind, id }: Minter): MintedBy {
  return { kind, id: id ?? null };
}

/** Who the log says it was. */
export function auditedAs(minter: Minter): Actor | SystemActor {
  return minter.kind === 'system' ? COMMAND_LINE : minter;
}

/**
 * What an order is found by: SHA-256 of who places it and the request id, 32 bytes. Only who placed an order can repeat it:
 * the same request id of anybody else names another order, and does not tell that there is one. The id itself, which a client might make of
 * a case number, is not stored.
 */
export function requestHash(minter: Minter, requestId: string): Buffer {
  const { kind, id = '', authorityId } = minter;
  const text = ['order', kind, id, authorityId, requestId.toLowerCase()].join('\n');
  return createHash('sha256').update(text).digest();
}
