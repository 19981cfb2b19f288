import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/index.js';
import { PROOF_KEY_ID_BYTES } from './retry-proof.js';

/** What a sealing knows when it rewrites the retry proofs. */
export interface ProofSealing {
  /** Unix seconds of domain time: 48 h after the sealing. */
  readonly forgetAt: number;
  /** Start of the sealed slot, in Unix seconds. */
  readonly slot: number;
  /** Start of the slot that first held the oldest of the reports that wait now; undefined when none does. */
  readonly heldSince: number | undefined;
  /** Whether there are pending reports that the sealing has not read: nobody knows how old they are. */
  readonly hasUnread: boolean;
}

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
   */
  async rewrite(client: Transaction, { forgetAt, slot, heldSince, hasUnread }: ProofSealing): Promise<void> {
    // gen_random_uuid() is cryptographically strong, unlike random(). The sort takes in all deleted rows before the
    // first is inserted again, as the primary key needs.
    await client.query(
      `WITH taken AS (DELETE FROM retry_proof RETURNING proof, forget_at, coalesce(seen_in, $2) AS seen_in),
       dated AS (
         SELECT proof, seen_in, CASE WHEN forget_at IS NULL AND seen_in < $3 THEN to_timestamp($1) ELSE forget_at END AS forget_at
         FROM taken
       )
       INSERT INTO retry_proof (proof, forget_at, seen_in)
       SELECT proof, forget_at, CASE WHEN forget_at IS NULL THEN seen_in END FROM dated
        WHERE forget_at IS NULL OR forget_at > (SELECT cen_now())
        ORDER BY gen_random_uuid()`,
      hasUnread ? [forgetAt, null, null] : [forgetAt, slot, heldSince ?? slot + 1],
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
