import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { MemberActor, Role } from '../access/actor.js';
import {
  ABSOLUTE_HOURS,
  CONFIRMED_MINUTES,
  IDLE_MINUTES,
  type RecognisedSession,
  type SessionSummary,
} from './session.js';

/** Writing each request down would cost more than it tells: a session may end this much early. */
const TOUCH_SECONDS = 30;

const ACTOR = `s.id, m.id AS "memberId", m.role, m.authority_id AS "authorityId", m.daily_quota AS "dailyQuota",
  a.daily_quota AS "authorityDailyQuota"`;

const WHOSE = 'staff_session s JOIN member m ON m.id = s.member_id LEFT JOIN authority a ON a.id = m.authority_id';

const LIVE = `s.expires_at > (SELECT cen_now()) AND s.last_seen_at > (SELECT cen_now()) - interval '${IDLE_MINUTES} minutes'`;

interface ActorRow {
  readonly id: string;
  readonly memberId: string;
  readonly role: Role;
  readonly authorityId: string | null;
  readonly dailyQuota: number | null;
  readonly authorityDailyQuota: number | null;
}

interface RecognisedRow extends ActorRow {
  readonly confirmed: boolean;
  readonly stale: boolean;
}

/** Owns `staff_session`. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** The live session with that token, of a member who may still sign in; it is then seen. */
  async recognise(tokenHash: Buffer): Promise<RecognisedSession | undefined> {
    const { rows } = await this.database.pool.query<RecognisedRow>(
      `SELECT ${ACTOR}, s.confirmed_at > (SELECT cen_now()) - interval '${CONFIRMED_MINUTES} minutes' AS confirmed,
              s.last_seen_at < (SELECT cen_now()) - interval '${TOUCH_SECONDS} seconds' AS stale
         FROM ${WHOSE}
        WHERE s.token_hash = $1 AND ${LIVE} AND m.disabled_at IS NULL AND a.disabled_at IS NULL`,
      [tokenHash],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    if (row.stale)
      await this.database.pool.query('UPDATE staff_session SET last_seen_at = cen_now() WHERE id = $1', [row.id]);
    return { actor: toActor(row), confirmed: row.confirmed };
  }

  /** A new session, confirmed now. @returns whose */
  async open(client: Transaction, memberId: string, tokenHash: Buffer): Promise<MemberActor> {
    const id = randomUUID();
    await client.query(
      `INSERT INTO staff_session (id, member_id, token_hash, created_at, last_seen_at, confirmed_at, expires_at)
       SELECT $1, $2, $3, now, now, now, now + interval '${ABSOLUTE_HOURS} hours' FROM (SELECT cen_now() AS now) AS clock`,
      [id, memberId, tokenHash],
    );
    const { rows } = await client.query<ActorRow>(`SELECT ${ACTOR} FROM ${WHOSE} WHERE s.id = $1`, [id]);
    return toActor(rows[0]);
  }

  /** Password and code were given again just now. */
  async confirm(client: Transaction, id: string): Promise<void> {
    await client.query('UPDATE staff_session SET confirmed_at = cen_now() WHERE id = $1', [id]);
  }

  /** The member's live sessions, newest first. */
  async list(memberId: string): Promise<SessionSummary[]> {
    const { rows } = await this.database.pool.query<SessionSummary>(
      `SELECT id, floor(extract(epoch FROM created_at))::float8 AS "createdAt",
              floor(extract(epoch FROM last_seen_at))::float8 AS "lastSeenAt",
              floor(extract(epoch FROM expires_at))::float8 AS "expiresAt"
         FROM staff_session s WHERE member_id = $1 AND ${LIVE} ORDER BY created_at DESC, id`,
      [memberId],
    );
    return rows;
  }

  /** @returns whether the member had such a session */
  async close(client: Transaction, memberId: string, id: string): Promise<boolean> {
    const { rowCount } = await client.query('DELETE FROM staff_session WHERE member_id = $1 AND id = $2', [
      memberId,
      id,
    ]);
    return rowCount === 1;
  }

  /** Ends every session of the member, but for the one of id `except`. */
  async closeAll(client: Transaction, memberId: string, except?: string): Promise<void> {
    await client.query('DELETE FROM staff_session WHERE member_id = $1 AND id IS DISTINCT FROM $2', [
      memberId,
      except ?? null,
    ]);
  }

  /** Drops the sessions that have ended by themselves. */
  async purge(client: Transaction): Promise<void> {
    await client.query(`DELETE FROM staff_session s WHERE NOT (${LIVE})`);
  }
}

function toActor(row: ActorRow): MemberActor {
  const member = { kind: 'member', id: row.memberId, sessionId: row.id } as const;
  if (row.role === 'operator') return { ...member, role: row.role, authorityId: undefined };
  return {
    ...member,
    role: row.role,
    authorityId: row.authorityId!,
    dailyQuota: row.dailyQuota ?? undefined,
    authorityDailyQuota: row.authorityDailyQuota ?? undefined,
  };
}
