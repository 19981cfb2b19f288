import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.js';
import { canonicalJson, type Json } from './canonical-json.js';

/** Somebody at the machine itself, with `npm run cen`, or the server on its own. */
export interface SystemActor {
  readonly kind: 'command-line' | 'server';
  readonly id?: undefined;
  readonly role?: undefined;
  readonly authorityId?: undefined;
}

export const COMMAND_LINE: SystemActor = { kind: 'command-line' };
export const SERVER: SystemActor = { kind: 'server' };

/** What happened, in the words of whoever did it. */
export interface AuditRecord {
  readonly actor: Actor | SystemActor;
  /** What was done, as `subject.verb`, such as `member.invite`. */
  readonly action: string;
  /** The authority that it concerns; the actor's own unless given. */
  readonly authorityId?: string;
  /** Ids, counts and settings. Never a number, a digest, an address or a name of a person. */
  readonly details?: Readonly<Record<string, Json>>;
}

/** One row of the log. */
export interface AuditEntry {
  /** 1, 2, 3, … without a gap. */
  readonly seq: number;
  /** Unix seconds of domain time. */
  readonly at: number;
  readonly actorKind: string;
  /** UUID of the member or key. */
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly authorityId: string | null;
  readonly action: string;
  readonly details: Readonly<Record<string, Json>>;
}

/** The chain's last link. */
export interface ChainHead {
  readonly seq: number;
  /** 32 bytes. */
  readonly hash: Buffer;
}

/** What comes before the first entry. */
export const GENESIS: ChainHead = { seq: 0, hash: Buffer.alloc(32) };

/** SHA-256 of the entry as canonical JSON with the hash of the one before, in hex, as `previous`. */
export function hashOf(entry: AuditEntry, previous: Buffer): Buffer {
  const { seq, at, actorKind, actorId, actorRole, authorityId, action, details } = entry;
  const text = canonicalJson({
    seq,
    at,
    actorKind,
    actorId,
    actorRole,
    authorityId,
    action,
    details,
    previous: previous.toString('hex'),
  });
  return createHash('sha256').update(text).digest();
}
