import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { type AuditEntry, type AuditRecord, hashOf } from './audit-entry.js';
import { type AuditFilter, AuditRepository } from './audit.repository.js';
import { isHarmless } from './harmless.js';

/** The audit log: who did what, when, from which role. Append-only and hash-chained (ADR 0013). */
@Injectable()
export class Audit {
  constructor(private readonly repository: AuditRepository) {}

  /**
   * Appends an entry in the caller's READ COMMITTED transaction: it is there if and only if what it tells of is. Appends
   * wait for each other until their transactions end, so make it the last statement.
   * @throws when the details hold what a log must not
   */
  async record(client: Transaction, { actor, action, authorityId, details = {} }: AuditRecord): Promise<void> {
    if (!isHarmless(details)) throw new Error(`${action}: its details look like a number, a digest or an address`);
    const { head, now } = await this.repository.lockHead(client);
    const entry: AuditEntry = {
      seq: head.seq + 1,
      at: now,
      actorKind: actor.kind,
      actorId: actor.id ?? null,
      actorRole: actor.role ?? null,
      authorityId: authorityId ?? actor.authorityId ?? null,
      action,
      details,
    };
    await this.repository.append(client, { ...entry, previous: head.hash, hash: hashOf(entry, head.hash) });
  }

  /** The entries that pass the filter, newest first. */
  async list(filter: AuditFilter): Promise<AuditEntry[]> {
    return this.repository.list(filter);
  }
}
