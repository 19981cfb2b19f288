import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';

/** Owns `recovery_code`. */
@Injectable()
export class RecoveryCodeRepository {
  constructor(private readonly database: Database) {}

  /** Takes the place of all that the member had. */
  async replace(client: Transaction, memberId: string, hashes: readonly Buffer[]): Promise<void> {
    await client.query('DELETE FROM recovery_code WHERE member_id = $1', [memberId]);
    await client.query('INSERT INTO recovery_code (code_hash, member_id) SELECT unnest($2::bytea[]), $1', [
      memberId,
      hashes,
    ]);
  }

  async has(memberId: string, hash: Buffer): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      'SELECT FROM recovery_code WHERE member_id = $1 AND code_hash = $2',
      [memberId, hash],
    );
    return rowCount === 1;
  }

  /** @returns false if the member has no such code, or not any more */
  async spend(client: Transaction, memberId: string, hash: Buffer): Promise<boolean> {
    const { rowCount } = await client.query('DELETE FROM recovery_code WHERE member_id = $1 AND code_hash = $2', [
      memberId,
      hash,
    ]);
    return rowCount === 1;
  }

  async count(memberId: string): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM recovery_code WHERE member_id = $1',
      [memberId],
    );
    return rows[0].count;
  }
}
