import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test file's own: migrated, empty, dropped at the end. */
export interface TestDatabase {
  /** Connection string of the application's role. */
  readonly url: string;
  /** Connection string of the schema's owner, a superuser: for looking into what the application may not see. */
  readonly ownerUrl: string;
  /**
   * Drops the database.
   * @throws when connections to it have been left open
   */
  drop(): Promise<void>;
}

interface Server {
  readonly url: string;
  readonly ownerUrl: string;
  readonly template: string;
}

const CLOSING_MS = 3_000;

/** Clones the template that the run's global setup has migrated; takes about 50 ms. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(testServer().template);
}

/** The same with nothing in it, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template1');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const server = testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: withDatabase(server.url, name),
    ownerUrl: withDatabase(server.ownerUrl, name),
    drop: () => asOwner(server, (client) => dropDatabase(client, name)),
  };
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  const leaked = await connectionsLeft(client, name);
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  if (leaked.length > 0) throw new Error(`Connections were left open to ${name}: ${leaked.join('; ')}`);
}

/** What still runs on the database, after what is being closed has had its time. */
async function connectionsLeft(client: pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + CLOSING_MS;
  for (;;) {
    const { rows } = await client.query<{ what: string }>(
      `SELECT application_name || ': ' || query AS what FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ what }) => what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function asOwner<T>(server: Server, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function testServer(): Server {
  const server = process.env['TEST_DATABASE'];
  if (server === undefined)
    throw new Error("The tests' database is started by test/support/global-setup.mjs: run them with Jest.");
  return JSON.parse(server) as Server;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
