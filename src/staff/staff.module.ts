import { Module } from '@nestjs/common';
import { Authorities } from './authorities.js';
import { AuthorityRepository } from './authority.repository.js';

@Module({ providers: [Authorities, AuthorityRepository], exports: [Authorities] })
export class StaffModule {}
