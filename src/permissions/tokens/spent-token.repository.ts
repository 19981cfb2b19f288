import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';

/**
 * Owns `spent_token`. What was spent since the last sealing is changed by a sealing alone, and what is older by nothing but
 * {@link forgetBefore}, so that a sealing's snapshot never meets a changed row.
 */
@Injectable()
export class SpentTokenRepository {
  /**
   * Stores the digest, unless it is there. Of several that try, one does; the others wait for its transaction.
   * @param keyFrom Unix second from which the token's key was current
   * @returns whether it was stored
   */
  async spend(client: Transaction, digest: Buffer, keyFrom: number): Promise<boolean> {
    const { rowCount } = await client.query(
      'INSERT INTO spent_token (digest, key_from, settled) VALUES ($1, $2, false) ON CONFLICT (digest) DO NOTHING',
      [digest, keyFrom],
    );
    return rowCount === 1;
  }

  /** For tokens that are none: as much work as finding that one was spent. */
  async look(client: Transaction, digest: Buffer): Promise<void> {
    await client.query('SELECT FROM spent_token WHERE digest = $1', [digest]);
  }

  /**
   * Rewrites what the transaction sees of the tokens spent since the last sealing, in random order: afterwards place and `xmin`
   * of a row say only which sealing it was.
   */
  async settle(client: Transaction): Promise<void> {
    // gen_random_uuid() is cryptographically strong, unlike random(). The sort takes in all deleted rows before the first
    // is inserted again, as the primary key needs.
    await client.query(
      `WITH taken AS (DELETE FROM spent_token WHERE NOT settled RETURNING digest, key_from)
       INSERT INTO spent_token (digest, key_from, settled)
       SELECT digest, key_from, true FROM taken ORDER BY gen_random_uuid()`,
    );
  }

  /** Drops the tokens of keys that were current before `keyFrom`. A replica whose copy of the key ring is old drops too little. */
  async forgetBefore(client: Transaction, keyFrom: number): Promise<void> {
    await client.query('DELETE FROM spent_token WHERE settled AND key_from < $1', [keyFrom]);
  }
}
