import pg from 'pg';
import { grantToApplication } from './grants.js';
import { applyMigrations } from './schema-engine.js';
import { describeSchemaState, schemaState } from './schema-state.js';

// "CEN" and a number, as the embedded server's locks (embedded/ownership.ts), which take 1 to 3.
const LOCK = [0x43454e, 4];

/** The same database, seen by its two roles. They may be one and the same. */
export interface DatabaseUrls {
  readonly url: string;
  readonly ownerUrl: string;
}

/** The schema is not one that this build can work with, or migrate. The message says what to do. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

/**
 * Brings the schema up to date as its owner, and grants the application's role what it needs. Runs once at a time over all replicas:
 * the others wait and then find nothing to do.
 * @returns the names of the migrations that were applied
 * @throws {SchemaMismatch} when the database is ahead of this build, or a migration has failed half-way
 */
export async function migrate({ url, ownerUrl }: DatabaseUrls): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'cen migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', LOCK);
    const state = await schemaState(ownerUrl);
    const hindrance = describeSchemaState({ ...state, pending: [] });
    if (hindrance !== '') throw new SchemaMismatch(hindrance);
    const applied = state.pending.length > 0 ? await applyMigrations(ownerUrl) : [];
    const [owner, application] = [await roleOf(ownerUrl), await roleOf(url)];
    if (owner !== application) await grantToApplication(client, application);
    return applied;
  } finally {
    await client.end();
  }
}

/** The role that a connection string ends up as: asked of the server, because poolers and services map names. */
async function roleOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, application_name: 'cen migrate' });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
    return rows[0]?.role ?? '';
  } finally {
    await client.end();
  }
}
