import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { SealedTally } from './ended-tally.js';

/** Owns `ended_tally`. Only a sealing deletes from it, so that a sealing's snapshot never meets a changed row. */
@Injectable()
export class EndedTallyRepository {
  constructor(private readonly database: Database) {}

  async insert(client: Transaction, { id, keyId, sealed }: SealedTally): Promise<void> {
    await client.query('INSERT INTO ended_tally (id, key_id, sealed) VALUES ($1, $2, $3)', [id, keyId, sealed]);
  }

  /** All that the transaction sees. */
  async list(client: Transaction): Promise<SealedTally[]> {
    const { rows } = await client.query<SealedTally>('SELECT id, key_id AS "keyId", sealed FROM ended_tally');
    return rows;
  }

  async delete(client: Transaction, ids: readonly string[]): Promise<void> {
    await client.query('DELETE FROM ended_tally WHERE id = ANY ($1::uuid[])', [ids]);
  }

  /** Ids of the pending-aead keys that tallies are under. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>('SELECT DISTINCT key_id AS id FROM ended_tally');
    return new Set(rows.map(({ id }) => id));
  }
}
