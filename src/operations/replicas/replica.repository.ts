import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { RaisedAlert } from '../../platform/health/index.js';

/** What a process says of itself. */
export interface ReplicaDescription {
  readonly id: string;
  readonly name: string;
  readonly roles: string[];
  readonly version: string;
}

export interface SeenReplica extends Omit<ReplicaDescription, 'id'> {
  /** Unix seconds. */
  readonly lastSeenAt: number;
}

export interface SharedAlert {
  readonly code: string;
  /** Unix seconds at which the first of the replicas that still raise it began to. */
  readonly since: number;
  readonly count: number | undefined;
}

/** A process that has not been heard of for so long is gone, and what it raised with it. */
const SILENT = "interval '1 minute'";
/** For so long it is still listed, so that somebody sees that it went. */
const FORGOTTEN = "interval '1 hour'";

/** The tables `replica` and `replica_alert`: who runs on this database, and what is wrong with them. */
@Injectable()
export class ReplicaRepository {
  constructor(private readonly database: Database) {}

  /** Says that a process lives and what it raises, whole; an alert that it has raised before keeps its time. */
  async beat(replica: ReplicaDescription, alerts: readonly Omit<RaisedAlert, 'detail'>[]): Promise<void> {
    const codes = alerts.map(({ code }) => code);
    const counts = alerts.map(({ count }) => count ?? null);
    await this.database.transaction(async (client) => {
      await client.query(
        `INSERT INTO replica (id, name, roles, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET last_seen = cen_now()`,
        [replica.id, replica.name, replica.roles, replica.version],
      );
      await client.query('DELETE FROM replica_alert WHERE replica_id = $1 AND code <> ALL ($2)', [replica.id, codes]);
      await client.query(
        `INSERT INTO replica_alert (replica_id, code, count) SELECT $1, * FROM unnest($2::text[], $3::int[])
         ON CONFLICT (replica_id, code) DO UPDATE SET count = EXCLUDED.count`,
        [replica.id, codes, counts],
      );
    });
  }

  async leave(id: string): Promise<void> {
    await this.database.pool.query('DELETE FROM replica WHERE id = $1', [id]);
  }

  /** Drops those that went without leaving; also those that seem to come, where domain time was set back. */
  async purge(): Promise<void> {
    await this.database.pool.query(
      `DELETE FROM replica WHERE last_seen NOT BETWEEN cen_now() - ${FORGOTTEN} AND cen_now() + ${FORGOTTEN}`,
    );
  }

  async list(): Promise<SeenReplica[]> {
    const { rows } = await this.database.pool.query<SeenReplica>(
      `SELECT name, roles, version, extract(epoch FROM last_seen)::float8 AS "lastSeenAt" FROM replica ORDER BY name, id`,
    );
    return rows;
  }

  /** What any process that lives has raised, each once. */
  async alerts(): Promise<SharedAlert[]> {
    const { rows } = await this.database.pool.query<{ code: string; since: number; count: number | null }>(
      `SELECT code, extract(epoch FROM min(since))::float8 AS since, max(count) AS count
       FROM replica_alert JOIN replica ON replica.id = replica_id
       WHERE last_seen > cen_now() - ${SILENT} GROUP BY code ORDER BY code`,
    );
    return rows.map(({ code, since, count }) => ({ code, since, count: count ?? undefined }));
  }

  /** Bytes of the whole database on disk. */
  async databaseBytes(): Promise<number> {
    const { rows } = await this.database.pool.query<{ bytes: number }>(
      'SELECT pg_database_size(current_database())::float8 AS bytes',
    );
    return rows[0].bytes;
  }
}
