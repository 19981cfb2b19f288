import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { migrate, prepareSchema, schemaState } from '../../src/platform/database/index.js';
import { checksum } from '../../src/platform/database/schema/migrations-folder.js';
import { applyMigrations, markRolledBack } from '../../src/platform/database/schema/schema-engine.js';
import { runNode } from '../support/child-process.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PRISMA = resolve(__dirname, '../../prisma');
const MIGRATIONS = readdirSync(join(PRISMA, 'migrations')).filter((name) => name !== 'migration_lock.toml');
const NOTHING_WRONG = { pending: [], unknown: [], failed: [], edited: [] };

const databases: TestDatabase[] = [];
const folders: string[] = [];

async function use(created: Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await created;
  databases.push(database);
  return database;
}

/** A copy of `prisma/` with one more migration. */
function prismaWith(name: string, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cen-prisma-'));
  folders.push(folder);
  cpSync(PRISMA, folder, { recursive: true });
  mkdirSync(join(folder, 'migrations', name));
  writeFileSync(join(folder, 'migrations', name, 'migration.sql'), script);
  return folder;
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('migrating', () => {
  it('leaves the rows in _prisma_migrations that Prisma itself would', async () => {
    const database = await use(createEmptyDatabase());
    expect(await migrate(database)).toEqual(MIGRATIONS);
    const { rows } = await query(
      database.ownerUrl,
      'SELECT migration_name, checksum, applied_steps_count, finished_at FROM _prisma_migrations',
    );
    expect(rows).toEqual(
      MIGRATIONS.map((name) => ({
        migration_name: name,
        checksum: checksum(readFileSync(join(PRISMA, 'migrations', name, 'migration.sql'), 'utf8')),
        applied_steps_count: 1,
        finished_at: expect.any(Date) as Date,
      })),
    );
    expect(await schemaState(database.url)).toEqual(NOTHING_WRONG);
    expect(await migrate(database)).toEqual([]);
  });

  it('happens once when two processes begin it at the same time, and both succeed', async () => {
    const database = await use(createEmptyDatabase());
    const migrator = join(__dirname, 'migrator.mjs');
    const both = [1, 2].map(() => runNode([migrator, database.url, database.ownerUrl]));
    const applied = await Promise.all(both.map(async ({ firstLine }) => JSON.parse(await firstLine) as string[]));
    expect(applied.flat()).toEqual(MIGRATIONS);
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves nothing of a migration that fails, refuses to go on, and repeats it once it was declared undone', async () => {
    const database = await use(createTestDatabase());
    const name = '29990101000000_broken';
    const prisma = prismaWith(name, 'CREATE TABLE half (id int); -- a comment; with a semicolon\nSELECT 1/0;');
    await expect(applyMigrations(database.ownerUrl, prisma)).rejects.toThrow('division by zero');
    const { rows } = await query(database.ownerUrl, `SELECT to_regclass('half') AS half`);
    expect(rows).toEqual([{ half: null }]);
    await expect(migrate(database)).rejects.toThrow(`A migration has failed: ${name}.`);

    await markRolledBack(database.ownerUrl, name);
    expect(await applyMigrations(database.ownerUrl, prismaWith(name, 'CREATE TABLE whole (id int)'))).toEqual([name]);
    await query(database.ownerUrl, 'SELECT id FROM whole');
  });
});

describe('a start', () => {
  const [first] = MIGRATIONS;

  it('migrates where the configuration allows it', async () => {
    const database = await use(createEmptyDatabase());
    expect(await prepareSchema({ migrateAtStart: true }, database)).toEqual(MIGRATIONS);
  });

  it('refuses a database that is behind, names what it lacks and the command', async () => {
    const database = await use(createEmptyDatabase());
    const start = prepareSchema({ migrateAtStart: false }, database);
    await expect(start).rejects.toMatchObject({ name: 'SchemaMismatch' });
    await expect(start).rejects.toThrow(new RegExp(`lacks ${first}.*npm run db:migrate`));
  });

  it.each([
    [
      'is ahead',
      `UPDATE _prisma_migrations SET migration_name = '29990101000000_future'`,
      /older than the database.*29990101000000_future/,
    ],
    [
      'has a migration that failed',
      'UPDATE _prisma_migrations SET finished_at = NULL',
      /has failed: \d+_init.*--rolled-back/,
    ],
    [
      'was made by another version of a migration',
      `UPDATE _prisma_migrations SET checksum = 'x'`,
      /changed after .* \d+_init/,
    ],
  ])('refuses a database that %s, also where it may migrate', async (_, damage, message) => {
    const database = await use(createTestDatabase());
    await query(database.ownerUrl, damage);
    for (const migrateAtStart of [true, false])
      await expect(prepareSchema({ migrateAtStart }, database)).rejects.toThrow(message);
  });
});

describe("the application's role", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await use(createTestDatabase());
  });
  const asApplication = (sql: string): Promise<pg.QueryResult> => query(database.url, sql);

  it('reads and writes rows, and reads the clock', async () => {
    await asApplication(
      `INSERT INTO authority (id, name) VALUES (gen_random_uuid(), 'a'); UPDATE authority SET name = 'b'; DELETE FROM authority`,
    );
    await asApplication('SELECT cen_now(); UPDATE domain_clock SET offset_seconds = 1');
  });

  it('makes, detaches and drops the partitions of batch', async () => {
    await asApplication('CREATE TABLE batch_20261123 PARTITION OF batch FOR VALUES FROM (0) TO (86400)');
    const storage = `SELECT attstorage FROM pg_attribute WHERE attrelid = 'batch_20261123'::regclass AND attname IN ('compact', 'full_file')`;
    expect((await asApplication(storage)).rows).toEqual([{ attstorage: 'e' }, { attstorage: 'e' }]);
    await asApplication('ALTER TABLE batch DETACH PARTITION batch_20261123 CONCURRENTLY');
    await asApplication('DROP TABLE batch_20261123');
  });

  it.each([
    'DROP TABLE authority',
    'ALTER TABLE authority ADD COLUMN x int',
    'TRUNCATE authority',
    'DELETE FROM _prisma_migrations',
    `UPDATE _prisma_migrations SET checksum = 'x'`,
    'INSERT INTO domain_clock DEFAULT VALUES',
    'DELETE FROM domain_clock',
    'CREATE OR REPLACE FUNCTION cen_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT now() $$',
    'CREATE ROLE other SUPERUSER',
    'CREATE SCHEMA other',
    `COPY authority TO '/tmp/out'`,
  ])('may not %s', async (sql) => {
    await expect(asApplication(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('loses with the next migration what was granted by hand', async () => {
    await query(database.ownerUrl, 'GRANT ALL ON _prisma_migrations, authority TO cen_app');
    await migrate(database);
    await expect(asApplication('TRUNCATE authority')).rejects.toMatchObject({ code: '42501' });
    await expect(asApplication('DELETE FROM _prisma_migrations')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('an external database whose owner is no superuser', () => {
  const roles = ['ext_owner', 'ext_app'];
  const as = (url: string, role: string): string => url.replace(/\/\/[^@]+@/, `//${role}:${role}@`);

  it('is migrated, given and used with two roles, and again by an owner who is a member of the other', async () => {
    const database = await use(createEmptyDatabase());
    const external = { url: as(database.url, 'ext_app'), ownerUrl: as(database.url, 'ext_owner') };
    const name = new URL(database.url).pathname.slice(1);
    for (const role of roles) await query(database.ownerUrl, `CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
    try {
      await query(database.ownerUrl, `ALTER DATABASE ${name} OWNER TO ext_owner`);
      await expect(migrate(external)).rejects.toThrow('GRANT "ext_app" TO "ext_owner"');
      await query(database.ownerUrl, 'GRANT ext_app TO ext_owner');
      await prepareSchema({ migrateAtStart: true }, external);
      await prepareSchema({ migrateAtStart: true }, external);
      await query(external.url, 'CREATE TABLE batch_19700101 PARTITION OF batch FOR VALUES FROM (0) TO (86400)');
      await query(external.ownerUrl, 'ALTER TABLE batch ADD COLUMN later int');
    } finally {
      await query(
        database.ownerUrl,
        `REASSIGN OWNED BY ext_owner, ext_app TO cen_owner; DROP OWNED BY ext_owner, ext_app`,
      );
      await query(database.ownerUrl, 'DROP ROLE ext_owner, ext_app');
    }
  });
});

describe('the check for drift', () => {
  const check = (prisma: string) =>
    runNode(['scripts/db-check.mjs', '--prisma', prisma], {}, resolve(__dirname, '../..')).ended;

  it('finds that migrations and schema agree, partitions or not', async () => {
    const partition = 'CREATE TABLE batch_20261123 PARTITION OF batch FOR VALUES FROM (0) TO (86400);';
    expect(await check(prismaWith('29990101000000_partition', partition))).toMatchObject({ code: 0, stderr: '' });
  });

  it('finds a column that only the migrations have, and prints the SQL', async () => {
    const { code, stderr } = await check(
      prismaWith('29990101000000_planted', 'ALTER TABLE batch ADD COLUMN planted int;'),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/ALTER TABLE "batch" DROP COLUMN "planted"/);
  });

  it('makes a developer’s next migration, with which they agree again', async () => {
    const prisma = prismaWith('29990101000000_planted', 'ALTER TABLE batch ADD COLUMN planted int;');
    const args = ['scripts/db-migration.mjs', 'remove_planted', '--prisma', prisma];
    const { code, stdout } = await runNode(args, {}, resolve(__dirname, '../..')).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/_remove_planted\/migration\.sql/);
    const written = readdirSync(join(prisma, 'migrations')).find((name) => name.endsWith('_remove_planted'))!;
    expect(readFileSync(join(prisma, 'migrations', written, 'migration.sql'), 'utf8')).toContain(
      'DROP COLUMN "planted"',
    );
  });
});
