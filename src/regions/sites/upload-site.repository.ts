import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import type { SiteSettings, UploadSite } from './upload-site.js';

/** "CEN" and a number of this lock's own: 1 to 4 are the database's, 13 is the audit log's. */
const LOCK = [0x43454e, 22];

const COLUMNS = `id, authority_id AS "authorityId", name, ranges, created_on::text AS "createdOn"`;

/** Owns `upload_site`. */
@Injectable()
export class UploadSiteRepository {
  constructor(private readonly database: Database) {}

  /** Makes every other change of sites wait until the transaction ends: names stay apart and the sites countable. */
  async lock(client: Transaction): Promise<void> {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', LOCK);
  }

  /** All sites of all authorities, by name. */
  async list(): Promise<UploadSite[]> {
    const { rows } = await this.database.pool.query<UploadSite>(`SELECT ${COLUMNS} FROM upload_site ORDER BY name, id`);
    return rows;
  }

  async ofAuthority(client: Transaction, authorityId: string): Promise<UploadSite[]> {
    const { rows } = await client.query<UploadSite>(`SELECT ${COLUMNS} FROM upload_site WHERE authority_id = $1`, [
      authorityId,
    ]);
    return rows;
  }

  async create(client: Transaction, id: string, authorityId: string, { name, ranges }: SiteSettings): Promise<void> {
    await client.query(
      `INSERT INTO upload_site (id, authority_id, name, ranges, created_on)
       VALUES ($1, $2, $3, $4, (cen_now() AT TIME ZONE 'UTC')::date)`,
      [id, authorityId, name, ranges],
    );
  }

  async change(client: Transaction, id: string, { name, ranges }: SiteSettings): Promise<void> {
    await client.query('UPDATE upload_site SET name = $2, ranges = $3 WHERE id = $1', [id, name, ranges]);
  }

  async remove(client: Transaction, id: string): Promise<void> {
    await client.query('DELETE FROM upload_site WHERE id = $1', [id]);
  }

  /** Tells all replicas, when the transaction commits. */
  async announce(client: Transaction): Promise<void> {
    await client.query('NOTIFY cen_upload_sites');
  }
}
