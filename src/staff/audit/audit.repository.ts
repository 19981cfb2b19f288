import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import { type AuditEntry, type ChainHead, GENESIS } from './audit-entry.js';

/** "CEN" and a number of this lock's own; the embedded server and the migrations hold 1 to 4. */
const LOCK = [0x43454e, 13];

const COLUMNS = `seq::float8 AS seq, at::float8 AS at, actor_kind AS "actorKind", actor_id AS "actorId",
  actor_role AS "actorRole", authority_id AS "authorityId", action, details`;

/** An entry with its links as stored. */
export interface ChainedEntry extends AuditEntry {
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** Which entries to show. */
export interface AuditFilter {
  readonly authorityId?: string;
  readonly actorId?: string;
  readonly action?: string;
  /** Unix seconds, included. */
  readonly from?: number;
  /** Unix seconds, excluded. */
  readonly until?: number;
  /** Entries of a lower `seq` only: the next page. */
  readonly before?: number;
  readonly limit: number;
}

/** Owns `audit_entry`. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** Makes every other append wait until the caller's READ COMMITTED transaction ends. @returns the chain's head and the time */
  async lockHead(client: Transaction): Promise<{ head: ChainHead; now: number }> {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', LOCK);
    const { rows } = await client.query<{ seq: number | null; hash: Buffer; now: number }>(
      `SELECT seq::float8 AS seq, hash, floor(extract(epoch FROM (SELECT cen_now())))::float8 AS now
         FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1) AS last ON true`,
    );
    const { seq, hash, now } = rows[0];
    return { head: seq === null ? GENESIS : { seq, hash }, now };
  }

  async append(client: Transaction, { previous, hash, ...entry }: ChainedEntry): Promise<void> {
    await client.query(
      `INSERT INTO audit_entry (seq, at, actor_kind, actor_id, actor_role, authority_id, action, details, previous, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        entry.seq,
        entry.at,
        entry.actorKind,
        entry.actorId,
        entry.actorRole,
        entry.authorityId,
        entry.action,
        JSON.stringify(entry.details),
        previous,
        hash,
      ],
    );
  }

  /** Newest first. */
  async list(filter: AuditFilter): Promise<AuditEntry[]> {
    const { rows } = await this.database.pool.query<AuditEntry>(
      `SELECT ${COLUMNS} FROM audit_entry
        WHERE ($1::uuid IS NULL OR authority_id = $1) AND ($2::uuid IS NULL OR actor_id = $2)
          AND ($3::text IS NULL OR action = $3) AND ($4::bigint IS NULL OR at >= $4) AND ($5::bigint IS NULL OR at < $5)
          AND ($6::bigint IS NULL OR seq < $6)
        ORDER BY audit_entry.seq DESC LIMIT $7`,
      [
        filter.authorityId ?? null,
        filter.actorId ?? null,
        filter.action ?? null,
        filter.from ?? null,
        filter.until ?? null,
        filter.before ?? null,
        filter.limit,
      ],
    );
    return rows;
  }

  /** The entries after `seq` in the chain's order, as many as `limit`. */
  async chainAfter(seq: number, limit: number): Promise<ChainedEntry[]> {
    const { rows } = await this.database.pool.query<ChainedEntry>(
      `SELECT ${COLUMNS}, previous, hash FROM audit_entry WHERE audit_entry.seq > $1 ORDER BY audit_entry.seq LIMIT $2`,
      [seq, limit],
    );
    return rows;
  }

  async head(): Promise<ChainHead> {
    const { rows } = await this.database.pool.query<ChainHead>(
      'SELECT seq::float8 AS seq, hash FROM audit_entry ORDER BY audit_entry.seq DESC LIMIT 1',
    );
    return rows[0] ?? GENESIS;
  }
}
