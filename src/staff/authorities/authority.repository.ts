import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PrismaService, type Transaction } from '../../platform/database/index.js';
import type { Authority, AuthorityChange, Language } from './authority.js';

const COLUMNS = `id, name, language, app_link AS "appLink", daily_quota AS "dailyQuota", disabled_at IS NOT NULL AS disabled`;

/** Owns `authority`. Reads through Prisma; what joins a transaction is on its one connection, which Prisma cannot share. */
@Injectable()
export class AuthorityRepository {
  constructor(private readonly prisma: PrismaService) {}

  async find(name: string): Promise<Authority | undefined> {
    return toAuthority(await this.prisma.client.authority.findUnique({ where: { name } }));
  }

  async get(id: string): Promise<Authority | undefined> {
    return toAuthority(await this.prisma.client.authority.findUnique({ where: { id } }));
  }

  async list(): Promise<Authority[]> {
    const rows = await this.prisma.client.authority.findMany({ orderBy: { name: 'asc' } });
    return rows.map((row) => toAuthority(row)!);
  }

  /** Whether there is such an authority; it then stays until the transaction ends. */
  async exists(client: Transaction, id: string): Promise<boolean> {
    const { rowCount } = await client.query('SELECT FROM authority WHERE id = $1 FOR KEY SHARE', [id]);
    return rowCount === 1;
  }

  /** The authority of that name, made if there was none; several at once make one. */
  async ensure(name: string): Promise<Authority> {
    await this.prisma.client.authority.createMany({ data: [{ id: randomUUID(), name }], skipDuplicates: true });
    return (await this.find(name))!;
  }

  /** @returns undefined if the name is taken */
  async create(client: Transaction, authority: Omit<Authority, 'disabled'>): Promise<Authority | undefined> {
    const { rows } = await client.query<Authority>(
      `INSERT INTO authority (id, name, language, app_link, daily_quota) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO NOTHING RETURNING ${COLUMNS}`,
      [authority.id, authority.name, authority.language, authority.appLink, authority.dailyQuota],
    );
    return rows[0];
  }

  /** Whether another authority than `id` has the name. */
  async isTaken(client: Transaction, name: string, id: string): Promise<boolean> {
    const { rowCount } = await client.query('SELECT FROM authority WHERE name = $1 AND id <> $2', [name, id]);
    return rowCount !== 0;
  }

  /** @returns the authority as it is now; undefined if there is none of that id */
  async change(client: Transaction, id: string, change: AuthorityChange): Promise<Authority | undefined> {
    const { rows: before } = await client.query<Authority>(
      `SELECT ${COLUMNS} FROM authority WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    if (before.length === 0) return undefined;
    const after = { ...before[0], ...change };
    const { rows } = await client.query<Authority>(
      `UPDATE authority SET name = $2, language = $3, app_link = $4, daily_quota = $5,
              disabled_at = CASE WHEN $6 THEN coalesce(disabled_at, cen_now()) END
        WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, after.name, after.language, after.appLink, after.dailyQuota, after.disabled],
    );
    return rows[0];
  }
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly appLink: string | null;
  readonly dailyQuota: number | null;
  readonly disabledAt: Date | null;
}

function toAuthority(row: Row | null): Authority | undefined {
  if (row === null) return undefined;
  const { id, name, language, appLink, dailyQuota, disabledAt } = row;
  // A CHECK of the table keeps to the languages that there are.
  return { id, name, language: language as Language, appLink, dailyQuota, disabled: disabledAt !== null };
}
