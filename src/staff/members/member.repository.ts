import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { Role } from '../access/actor.js';
import type { Member, MemberChange, NewMember, Team } from './member.js';
import type { SealedSecret } from './totp-vault.js';

const COLUMNS = `m.id, m.login, m.role, m.authority_id AS "authorityId", m.daily_quota AS "dailyQuota",
  m.disabled_at IS NOT NULL AS disabled, CASE WHEN m.password_hash IS NULL THEN 'invited' ELSE 'active' END AS state,
  m.totp_sealed IS NOT NULL AS totp, m.last_seen_on::text AS "lastSeenOn"`;

/** What it takes to sign a member in; never leaves the module. */
export interface Credentials {
  readonly id: string;
  readonly login: string;
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly totp: SealedSecret | undefined;
  /** The newest time step of which a code was taken. */
  readonly totpLastStep: number;
}

interface CredentialsRow extends Omit<Credentials, 'totp'> {
  readonly totpKeyId: string | null;
  readonly totpSealed: Buffer | null;
}

/** Owns `member`. */
@Injectable()
export class MemberRepository {
  constructor(private readonly database: Database) {}

  async list(team: Team): Promise<Member[]> {
    const { rows } = await this.database.pool.query<Member>(
      `SELECT ${COLUMNS} FROM member m WHERE m.authority_id IS NOT DISTINCT FROM $1::uuid ORDER BY m.login`,
      [idOf(team)],
    );
    return rows;
  }

  async get(id: string): Promise<Member | undefined> {
    const { rows } = await this.database.pool.query<Member>(`SELECT ${COLUMNS} FROM member m WHERE m.id = $1`, [id]);
    return rows[0];
  }

  /** The member, unchanged by others until the transaction ends; undefined if the team has none of that id. */
  async lock(client: Transaction, team: Team, id: string): Promise<Member | undefined> {
    const { rows } = await client.query<Member>(
      `SELECT ${COLUMNS} FROM member m WHERE m.id = $1 AND m.authority_id IS NOT DISTINCT FROM $2::uuid FOR UPDATE`,
      [id, idOf(team)],
    );
    return rows[0];
  }

  /** The operator of that login. */
  async findOperator(login: string): Promise<Member | undefined> {
    const { rows } = await this.database.pool.query<Member>(
      `SELECT ${COLUMNS} FROM member m WHERE m.login = $1 AND m.role = 'operator'`,
      [login],
    );
    return rows[0];
  }

  /** How many operators can sign in; they stay so until the transaction ends. */
  async lockActiveOperators(client: Transaction): Promise<string[]> {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM member WHERE role = 'operator' AND disabled_at IS NULL AND password_hash IS NOT NULL ORDER BY id FOR UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  /** @returns undefined if the login is taken */
  async create(client: Transaction, id: string, member: NewMember): Promise<Member | undefined> {
    const { rows } = await client.query<Member>(
      `INSERT INTO member AS m (id, login, role, authority_id, daily_quota) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (login) DO NOTHING RETURNING ${COLUMNS}`,
      [id, member.login, member.role, member.authorityId, member.dailyQuota],
    );
    return rows[0];
  }

  /** @param member as it was, locked */
  async change(client: Transaction, member: Member, change: MemberChange): Promise<Member> {
    const after = { ...member, ...change };
    const { rows } = await client.query<Member>(
      `UPDATE member AS m SET role = $2, daily_quota = $3, disabled_at = CASE WHEN $4 THEN coalesce(disabled_at, cen_now()) END
        WHERE id = $1 RETURNING ${COLUMNS}`,
      [member.id, after.role, after.dailyQuota, after.disabled],
    );
    return rows[0];
  }

  /** What it takes to sign in with that login, if the member may. */
  async credentials(login: string): Promise<Credentials | undefined> {
    const { rows } = await this.database.pool.query<CredentialsRow>(
      `SELECT m.id, m.login, m.role, m.password_hash AS "passwordHash", m.totp_key_id AS "totpKeyId",
              m.totp_sealed AS "totpSealed", m.totp_last_step::float8 AS "totpLastStep"
         FROM member m LEFT JOIN authority a ON a.id = m.authority_id
        WHERE m.login = $1 AND m.disabled_at IS NULL AND a.disabled_at IS NULL`,
      [login],
    );
    return rows[0] && toCredentials(rows[0]);
  }

  async setPassword(client: Transaction, id: string, passwordHash: string): Promise<void> {
    await client.query('UPDATE member SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }

  /** @param step that of the code which proved it: it is spent */
  async setTotp(client: Transaction, id: string, totp: SealedSecret, step: number): Promise<void> {
    await client.query('UPDATE member SET totp_key_id = $2, totp_sealed = $3, totp_last_step = $4 WHERE id = $1', [
      id,
      totp.keyId,
      totp.sealed,
      step,
    ]);
  }

  /** The same secret under another key. */
  async resealTotp(client: Transaction, id: string, totp: SealedSecret): Promise<void> {
    await client.query('UPDATE member SET totp_key_id = $2, totp_sealed = $3 WHERE id = $1', [
      id,
      totp.keyId,
      totp.sealed,
    ]);
  }

  async removeTotp(client: Transaction, id: string): Promise<void> {
    await client.query('UPDATE member SET totp_key_id = NULL, totp_sealed = NULL WHERE id = $1', [id]);
  }

  /** Forgets password and authenticator. */
  async removeCredentials(client: Transaction, id: string): Promise<void> {
    await client.query('UPDATE member SET password_hash = NULL, totp_key_id = NULL, totp_sealed = NULL WHERE id = $1', [
      id,
    ]);
  }

  /** Spends the code of a time step. @returns false if it or a later one was spent before: a code works once */
  async spendStep(client: Transaction, id: string, step: number): Promise<boolean> {
    const { rowCount } = await client.query(
      'UPDATE member SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2',
      [id, step],
    );
    return rowCount === 1;
  }

  /** Notes the day of a sign-in. */
  async noteSignIn(client: Transaction, id: string): Promise<void> {
    await client.query(`UPDATE member SET last_seen_on = (cen_now() AT TIME ZONE 'UTC')::date WHERE id = $1`, [id]);
  }

  /** Ids of the staff-aead keys that rows need. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      'SELECT DISTINCT totp_key_id AS id FROM member WHERE totp_key_id IS NOT NULL',
    );
    return new Set(rows.map(({ id }) => id));
  }
}

function idOf(team: Team): string | null {
  return team === 'operators' ? null : team.authorityId;
}

function toCredentials({ totpKeyId, totpSealed, ...rest }: CredentialsRow): Credentials {
  return {
    ...rest,
    totp: totpKeyId === null || totpSealed === null ? undefined : { keyId: totpKeyId, sealed: totpSealed },
  };
}
