import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PrismaService } from '../platform/database/index.js';
import type { Authority } from './authority.js';

const COLUMNS = { id: true, name: true } as const;

/** Owns `authority`. */
@Injectable()
export class AuthorityRepository {
  constructor(private readonly prisma: PrismaService) {}

  async find(name: string): Promise<Authority | undefined> {
    const row = await this.prisma.client.authority.findUnique({ where: { name }, select: COLUMNS });
    return row ?? undefined;
  }

  /** The authority of that name, made if there was none; several at once make one. */
  async ensure(name: string): Promise<Authority> {
    await this.prisma.client.authority.createMany({ data: [{ id: randomUUID(), name }], skipDuplicates: true });
    return this.prisma.client.authority.findUniqueOrThrow({ where: { name }, select: COLUMNS });
  }
}
