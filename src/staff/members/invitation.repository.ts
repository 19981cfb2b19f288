import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';

const HOURS = 72;

/** Owns `invitation`: the one live one-time link of a member. */
@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  /** Makes a link that replaces an older one. @returns when it expires, Unix seconds */
  async place(client: Transaction, memberId: string, tokenHash: Buffer): Promise<number> {
    const { rows } = await client.query<{ expiresAt: number }>(
      `INSERT INTO invitation (member_id, token_hash, expires_at) VALUES ($1, $2, cen_now() + interval '${HOURS} hours')
       ON CONFLICT (member_id) DO UPDATE SET token_hash = EXCLUDED.token_hash, expires_at = EXCLUDED.expires_at
       RETURNING floor(extract(epoch FROM expires_at))::float8 AS "expiresAt"`,
      [memberId, tokenHash],
    );
    return rows[0].expiresAt;
  }

  /** Whose link it is, if it is good and its member may sign in. */
  async findMemberId(tokenHash: Buffer): Promise<string | undefined> {
    const { rows } = await this.database.pool.query<{ memberId: string }>(
      `SELECT m.id AS "memberId" FROM invitation i JOIN member m ON m.id = i.member_id
         LEFT JOIN authority a ON a.id = m.authority_id
        WHERE i.token_hash = $1 AND i.expires_at > (SELECT cen_now()) AND m.disabled_at IS NULL AND a.disabled_at IS NULL`,
      [tokenHash],
    );
    return rows[0]?.memberId;
  }

  /** Uses a link up. @returns false if it was used, replaced or has expired meanwhile: of several at once one is first */
  async spend(client: Transaction, tokenHash: Buffer): Promise<boolean> {
    const { rowCount } = await client.query(
      'DELETE FROM invitation WHERE token_hash = $1 AND expires_at > (SELECT cen_now())',
      [tokenHash],
    );
    return rowCount === 1;
  }

  async purge(client: Transaction): Promise<void> {
    await client.query('DELETE FROM invitation WHERE expires_at <= (SELECT cen_now())');
  }
}
