import { Injectable } from '@nestjs/common';
import { type Connection, copyRows, Database, type Transaction } from '../../platform/database/index.js';
import type { SealedReport } from './pending-codec.js';
import { CEN_BYTES } from './report.js';

/** What is known of a pending row without its content. */
interface PendingRow {
  readonly id: string;
  readonly keyId: string;
  readonly cens: number;
}

/** The table `pending_report`: reports between their acceptance and their sealing. Packed bytes, so node-postgres. */
@Injectable()
export class PendingReportRepository {
  constructor(private readonly database: Database) {}

  async insert(client: Transaction, row: SealedReport): Promise<void> {
    await client.query({
      name: 'insert-pending-report',
      text: 'INSERT INTO pending_report (id, key_id, sealed) VALUES ($1, $2, $3)',
      values: [row.id, row.keyId, row.sealed],
    });
  }

  /** Key ids that some pending row still needs. */
  async keyIds(): Promise<Set<string>> {
    const { rows } = await this.database.pool.query<{ key_id: string }>('SELECT DISTINCT key_id FROM pending_report');
    return new Set(rows.map((row) => row.key_id));
  }

  /** Ids and key ids of all pending rows with an upper bound of the CENs in each, from its size alone. */
  async sizes(connection: Connection): Promise<PendingRow[]> {
    const { rows } = await connection.query<PendingRow>(
      `SELECT id, key_id AS "keyId", octet_length(sealed) / ${CEN_BYTES} AS cens FROM pending_report`,
    );
    return rows;
  }

  /** The rows with these ids, one after another. */
  async *read(connection: Connection, ids: readonly string[]): AsyncGenerator<SealedReport> {
    const list = ids.map((id) => `'${id}'`).join(',');
    const query = `SELECT id::text, key_id, sealed FROM pending_report WHERE id = ANY (ARRAY[${list}]::uuid[])`;
    for await (const [id, keyId, sealed] of copyRows(connection, query)) {
      yield { id: id.toString('latin1'), keyId: keyId.toString('latin1'), sealed };
    }
  }

  /** For after a restore alone: what is pending was published from a database that is gone. */
  async deleteAll(connection: Connection): Promise<void> {
    await connection.query('DELETE FROM pending_report');
  }

  /** Deletes exactly these rows: what committed after the snapshot was taken stays for the next sealing. */
  async delete(connection: Connection, ids: readonly string[]): Promise<void> {
    await connection.query('DELETE FROM pending_report WHERE id = ANY ($1::uuid[])', [ids]);
  }
}
