import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/index.js';
import { PROOF_KEY_ID_BYTES } from './retry-proof.js';

/** Owns `retry_proof`. Only a sealing deletes from it, so that a sealing's snapshot never meets a changed row. */
@Injectable()
export class RetryProofRepository {
  constructor(private readonly database: Database) {}

  async insert(client: Transaction, proof: Buffer): Promise<void> {
    await client.query('INSERT INTO retry_proof (proof) VALUES ($1) ON CONFLICT (proof) DO NOTHING', [proof]);
  }

  /**
   * Stores `proof` unless one of `proofs`, those of the same request under every live key, is there. Waits for a
   * transaction that is storing the same.
   * @returns whether it was stored
   */
  async insertFirst(client: Transaction, proof: Buffer, proofs: readonly Buffer[]): Promise<boolean> {
    const { rowCount } = await client.query(
      `INSERT INTO retry_proof (proof)
       SELECT $1 WHERE NOT EXISTS (SELECT FROM retry_proof WHERE proof = ANY($2::bytea[]))
       ON CONFLICT (proof) DO NOTHING`,
      [proof, proofs],
    );
    return rowCount === 1;
  }

  /** Whether one of these proofs is stored and not to be forgotten yet. */
  async has(client: Transaction, proofs: readonly Buffer[]): Promise<boolean> {
    const { rowCount } = await client.query(
      `SELECT FROM retry_proof
        WHERE proof = ANY($1::bytea[]) AND (forget_at IS NULL OR forget_at > (SELECT cen_now()))`,
      [proofs],
    );
    return (rowCount ?? 0) > 0;
  }

  /**
   * Rewrites every proof that the transaction sees, in random order, without those to be forgotten by now. Afterwards
   * place and `xmin` of a row say only that it was there at this sealing.
   * @param forgetAt Unix seconds, for the proofs that have no such time yet; null leaves them without
   */
  async rewrite(client: Transaction, forgetAt: number | null): Promise<void> {
    // gen_random_uuid() is cryptographically strong, unlike random(). The sort takes in all deleted rows before the
    // first is inserted again, as the primary key needs.
    await client.query(
      `WITH taken AS (DELETE FROM retry_proof RETURNING proof, forget_at)
       INSERT INTO retry_proof (proof, forget_at)
       SELECT proof, coalesce(forget_at, to_timestamp($1)) FROM taken
        WHERE forget_at IS NULL OR forget_at > (SELECT cen_now())
        ORDER BY gen_random_uuid()`,
      [forgetAt],
    );
  }

  /** Ids of the retry-proof keys that proofs were made with: each proof begins with its key's. */
  async keyIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.pool.query<{ id: string }>(
      `SELECT DISTINCT encode(substring(proof FROM 1 FOR ${PROOF_KEY_ID_BYTES}), 'hex') AS id FROM retry_proof`,
    );
    return new Set(rows.map(({ id }) => id));
  }
}
