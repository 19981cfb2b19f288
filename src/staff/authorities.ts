import { Injectable } from '@nestjs/common';
import { DEFAULT_AUTHORITY, type Authority } from './authority.js';
import { AuthorityRepository } from './authority.repository.js';

/** The module's front door, for now: which authorities there are. */
@Injectable()
export class Authorities {
  constructor(private readonly repository: AuthorityRepository) {}

  /** The authority `default`, made at first start; replicas that start at once make one. */
  async ensureDefault(): Promise<Authority> {
    return this.repository.ensure(DEFAULT_AUTHORITY);
  }

  /** The authority of exactly that name. */
  async find(name: string): Promise<Authority | undefined> {
    return this.repository.find(name);
  }
}
