import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { MemberActor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { StaffError } from '../staff-error.js';
import { type Authority, type AuthorityChange, DEFAULT_AUTHORITY } from './authority.js';
import { AuthorityRepository } from './authority.repository.js';

/** Which health authorities there are. */
@Injectable()
export class Authorities {
  constructor(
    private readonly database: Database,
    private readonly repository: AuthorityRepository,
    private readonly audit: Audit,
  ) {}

  /** The authority `default`, made at first start; replicas that start at once make one. */
  async ensureDefault(): Promise<Authority> {
    return this.repository.ensure(DEFAULT_AUTHORITY);
  }

  /** The authority of exactly that name. */
  async find(name: string): Promise<Authority | undefined> {
    return this.repository.find(name);
  }

  /** The authority of that id. @throws StaffError `staff-not-found` */
  async get(id: string): Promise<Authority> {
    const authority = await this.repository.get(id);
    if (authority === undefined) throw new StaffError('staff-not-found');
    return authority;
  }

  /** All of them, by name. */
  async list(): Promise<Authority[]> {
    return this.repository.list();
  }

  /** @throws StaffError `name-taken` */
  async create(actor: MemberActor, wanted: Omit<Authority, 'id' | 'disabled'>): Promise<Authority> {
    return this.database.transaction(async (client) => {
      const authority = await this.repository.create(client, { ...wanted, id: randomUUID() });
      if (authority === undefined) throw new StaffError('name-taken');
      await this.audit.record(client, { actor, action: 'authority.create', authorityId: authority.id });
      return authority;
    });
  }

  /** @throws StaffError `staff-not-found`, `name-taken` */
  async change(actor: MemberActor, id: string, change: AuthorityChange): Promise<Authority> {
    return this.database.transaction(async (client) => {
      if (change.name !== undefined && (await this.repository.isTaken(client, change.name, id)))
        throw new StaffError('name-taken');
      const authority = await this.repository.change(client, id, change);
      if (authority === undefined) throw new StaffError('staff-not-found');
      const details = { changed: Object.keys(change).sort(), disabled: authority.disabled };
      await this.audit.record(client, { actor, action: 'authority.change', authorityId: id, details });
      return authority;
    });
  }
}
