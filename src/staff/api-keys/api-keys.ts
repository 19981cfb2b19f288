import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { isInternalAddress } from '../../platform/http/index.js';
import type { KeyActor, MemberActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { AuthorityRepository } from '../authorities/authority.repository.js';
import { hashSecret } from '../secret-token.js';
import { StaffError } from '../staff-error.js';
import type { ApiKey, NewApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { isKeyText, newKeyText } from './key-text.js';

/** API keys of laboratory systems. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly repository: ApiKeyRepository,
    private readonly authorities: AuthorityRepository,
    private readonly audit: Audit,
  ) {}

  /** Whose key this is; undefined, whatever is wrong with it, when it does not work, or not from this address. */
  async recognise(text: string, address: string): Promise<KeyActor | undefined> {
    if (!isKeyText(text)) return undefined;
    const key = await this.repository.findLive(hashSecret(text));
    if (key === undefined || !worksFrom(key.sourceRanges, address)) return undefined;
    await this.repository.noteUse(key.actor.id);
    return key.actor;
  }

  /**
   * A new key of an authority.
   * @returns the key and its text, which is shown this once
   * @throws StaffError `staff-not-found` without such an authority
   */
  async create(actor: MemberActor, wanted: NewApiKey): Promise<{ apiKey: ApiKey; text: string }> {
    const text = newKeyText();
    const { authorityId, dailyQuota, validityDays, sourceRanges } = wanted;
    const apiKey = await this.database.transaction(async (client) => {
      if (!(await this.authorities.exists(client, authorityId))) throw new StaffError('staff-not-found');
      const made = await this.repository.create(client, { ...wanted, id: randomUUID(), keyHash: hashSecret(text) });
      const details = { apiKey: made.id, dailyQuota, validityDays, bound: sourceRanges.length > 0 };
      await this.audit.record(client, { actor, action: 'api-key.create', authorityId, details });
      return made;
    });
    return { apiKey, text };
  }

  async list(authorityId: string): Promise<ApiKey[]> {
    return this.repository.list(authorityId);
  }

  /** @throws StaffError `staff-not-found` */
  async setQuota(actor: MemberActor, authorityId: string, id: string, dailyQuota: number | null): Promise<ApiKey> {
    return this.database.transaction(async (client) => {
      const apiKey = await this.repository.setQuota(client, authorityId, id, dailyQuota);
      if (apiKey === undefined) throw new StaffError('staff-not-found');
      await this.audit.record(client, {
        actor,
        action: 'api-key.quota',
        authorityId,
        details: { apiKey: id, dailyQuota },
      });
      return apiKey;
    });
  }

  /** The key works no more from the commit on. @throws StaffError `staff-not-found` */
  async revoke(actor: MemberActor, authorityId: string, id: string): Promise<void> {
    await this.database.transaction(async (client) => {
      if (!(await this.repository.revoke(client, authorityId, id))) throw new StaffError('staff-not-found');
      await this.audit.record(client, { actor, action: 'api-key.revoke', authorityId, details: { apiKey: id } });
    });
  }
}

function worksFrom(ranges: readonly string[], address: string): boolean {
  return ranges.length === 0 || isInternalAddress(ranges, address);
}
