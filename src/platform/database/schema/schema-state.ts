import pg from 'pg';
import { checksum, type Migration, readMigrations } from './migrations-folder.js';

/** How the database's schema stands to this build's migrations: lists of migration names, all empty when they agree. */
export interface SchemaState {
  /** Not applied yet. */
  readonly pending: readonly string[];
  /** Applied, and unknown to this build: it is older than the database. */
  readonly unknown: readonly string[];
  /** Begun and not finished. */
  readonly failed: readonly string[];
  /** Applied with another content than this build has under the same name. */
  readonly edited: readonly string[];
}

interface AppliedRow {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Reads `_prisma_migrations`; the application's role may do so. */
export async function schemaState(url: string): Promise<SchemaState> {
  const client = new pg.Client({ connectionString: url, application_name: 'cen schema' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return compare(readMigrations(), await appliedRows(client));
  } finally {
    await client.end();
  }
}

/** What is wrong and what to do about it, for an operator; the empty string when nothing is. */
export function describeSchemaState({ pending, unknown, failed, edited }: SchemaState): string {
  if (failed.length > 0) {
    return (
      `A migration has failed: ${failed.join(', ')}. See that the schema is as it was before it, then say so with "npm run db:migrate -- ` +
      `--rolled-back ${failed[0]}", which applies it again.`
    );
  }
  if (unknown.length > 0) {
    return `This build is older than the database, which has migrations that it does not know: ${unknown.join(', ')}. Run a newer build.`;
  }
  if (edited.length > 0) {
    return `Migrations were changed after they had been applied: ${edited.join(', ')}. Restore them, and write a new migration instead.`;
  }
  if (pending.length > 0) {
    return (
      `The database is behind this build: it lacks ${pending.join(', ')}. Run "npm run db:migrate" (or set MIGRATE_AT_START=true to ` +
      'have it done at start).'
    );
  }
  return '';
}

async function appliedRows(client: pg.Client): Promise<AppliedRow[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists`,
  );
  if (rows[0]?.exists !== true) return [];
  const applied = await client.query<AppliedRow>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return applied.rows;
}

function compare(known: readonly Migration[], rows: readonly AppliedRow[]): SchemaState {
  const finished = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  const scripts = new Map(known.map(({ name, script }) => [name, script]));
  return {
    pending: known.map(({ name }) => name).filter((name) => !finished.has(name)),
    unknown: [...finished.keys()].filter((name) => !scripts.has(name)),
    failed: rows.filter((row) => !row.finished).map((row) => row.name),
    edited: [...finished].filter(([name, sum]) => differs(scripts.get(name), sum)).map(([name]) => name),
  };
}

/** A checkout with CRLF line ends is the same script. */
function differs(script: string | undefined, sum: string): boolean {
  return script !== undefined && checksum(script) !== sum && checksum(script.replaceAll('\r\n', '\n')) !== sum;
}
