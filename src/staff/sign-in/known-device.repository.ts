import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';

const KEPT_DAYS = 180;
const KEPT_DEVICES = 10;

/** Owns `known_device`: browsers from which a member has signed in before. */
@Injectable()
export class KnownDeviceRepository {
  constructor(private readonly database: Database) {}

  async isKnown(memberId: string, tokenHash: Buffer): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      'SELECT FROM known_device WHERE member_id = $1 AND token_hash = $2',
      [memberId, tokenHash],
    );
    return rowCount === 1;
  }

  /** Remembers a browser, and of the member's the last few. */
  async remember(client: Transaction, memberId: string, tokenHash: Buffer): Promise<void> {
    await client.query(
      `INSERT INTO known_device (token_hash, member_id, last_used_on) VALUES ($2, $1, (cen_now() AT TIME ZONE 'UTC')::date)
       ON CONFLICT (member_id, token_hash) DO UPDATE SET last_used_on = EXCLUDED.last_used_on`,
      [memberId, tokenHash],
    );
    await client.query(
      `DELETE FROM known_device WHERE member_id = $1 AND token_hash NOT IN
         (SELECT token_hash FROM known_device WHERE member_id = $1
           ORDER BY last_used_on DESC, token_hash = $2 DESC LIMIT ${KEPT_DEVICES})`,
      [memberId, tokenHash],
    );
  }

  async forgetAll(client: Transaction, memberId: string): Promise<void> {
    await client.query('DELETE FROM known_device WHERE member_id = $1', [memberId]);
  }

  async purge(client: Transaction): Promise<void> {
    await client.query(`DELETE FROM known_device WHERE last_used_on < cen_now() - interval '${KEPT_DAYS} days'`);
  }
}
