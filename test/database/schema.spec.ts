import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import pg from 'pg';
import { migrate, prepareSchema, schemaState } from '../../src/platform/database/index.js';
import { checksum } from '../../src/platform/database/schema/migrations-folder.js';
import { applyMigrations, markRolledBack } from '../../src/platform/database/schema/schema-engine.js';
import { runNode } from '../support/child-process.js';
import { sha256Hex } from '../support/published.js';
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

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

function withSetting(url: string, setting: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c ${setting}`)}`;
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = await connectTo(url);
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

describe('cutting the files of batches into pieces', () => {
  const before = MIGRATIONS.filter((name) => name < '20261127061500_batch_pieces');
  const DAY = Date.UTC(2026, 10, 23) / 1000;
  const SIZES = [1, 8107, 8108, 8109, 2 * 8108, 1_000_000];
  const files = SIZES.map((size, part) => ({
    ...{ part, compact: randomBytes(size) },
    ...{ full: part === 0 ? null : randomBytes(SIZES.at(-part)!) },
  }));

  const partition = (day: number) => `batch_${new Date(day * 1000).toISOString().slice(0, 10).replaceAll('-', '')}`;
  const make = (day: number) =>
    `CREATE TABLE ${partition(day)} PARTITION OF batch FOR VALUES FROM (${day}) TO (${day + 86_400})`;

  /** A database as servers have left it with that release. */
  async function released(): Promise<TestDatabase> {
    const database = await use(createEmptyDatabase());
    const prisma = mkdtempSync(join(tmpdir(), 'cen-prisma-'));
    folders.push(prisma);
    const isLater = (path: string) => MIGRATIONS.includes(basename(path)) && !before.includes(basename(path));
    cpSync(PRISMA, prisma, { recursive: true, filter: (path) => !isLater(path) });
    await applyMigrations(database.ownerUrl, prisma);
    await query(
      database.ownerUrl,
      `ALTER TABLE batch OWNER TO cen_app; GRANT ALL ON SCHEMA public TO cen_app; GRANT SELECT ON _prisma_migrations TO cen_app`,
    );
    return database;
  }

  it('keeps every byte of every file, in each partition, and leaves nothing where it was', async () => {
    const database = await released();
    await query(database.url, `${make(DAY)}; ${make(DAY + 86_400)}`);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      for (const start of [DAY, DAY + 86_400]) {
        for (const { part, compact, full } of files) {
          await client.query(
            `INSERT INTO batch (slot_start, region, part, slot_seconds, count, sealed_at, compact, full_file, compact_sha256, compact_bytes)
             VALUES ($1, 5, $2, 3600, 7, 9, $3, $4, sha256($3), $5)`,
            [start, part, compact, full, compact.length],
          );
        }
      }
      expect(await migrate(database)).toContain('20261127061500_batch_pieces');
      for (const [code, encoding] of (['full', 'compact'] as const).entries()) {
        const { rows } = await client.query<{ part: number; file: Buffer; most: number }>(
          `SELECT part, string_agg(bytes, '' ORDER BY n) AS file, max(octet_length(bytes)) AS most FROM batch_piece
           WHERE encoding = $1 AND region = 5 GROUP BY slot_start, part ORDER BY slot_start, part`,
          [code],
        );
        const there = files.filter((file) => file[encoding] !== null);
        expect(rows.map(({ part, file }) => ({ part, file: sha256Hex(file) }))).toEqual(
          [...there, ...there].map((file) => ({ part: file.part, file: sha256Hex(file[encoding]!) })),
        );
        for (const { most } of rows) expect(most).toBeLessThanOrEqual(8108);
      }
      const { rows } = await client.query<{ part: number; size: string }>(
        `SELECT part, count, compact_bytes, pg_total_relation_size('batch_20261123') < 100000 AS "isSmall" FROM batch
         WHERE slot_start = $1 ORDER BY part`,
        [DAY],
      );
      expect(rows).toEqual(
        files.map(({ part, compact }) => ({ part, count: 7, compact_bytes: compact.length, isSmall: true })),
      );
    } finally {
      await client.end();
    }
  });

  it('leaves tables that retention and the making of partitions go on from', async () => {
    const database = await released();
    const [kept, detached, interrupted, ahead] = [0, 1, 2, 3].map((days) => DAY + days * 86_400);
    for (const day of [kept, detached, interrupted]) await query(database.url, make(day));
    await query(database.url, `ALTER TABLE batch DETACH PARTITION ${partition(detached)} CONCURRENTLY`);
    await query(database.url, `CREATE TABLE ${partition(ahead)} (LIKE batch INCLUDING ALL)`);
    await interruptDetaching(database.url, partition(interrupted));

    await migrate(database);
    const { rows } = await query(
      database.url,
      `SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid
       WHERE inhparent IN ('batch'::regclass, 'batch_piece'::regclass) ORDER BY 1`,
    );
    expect(rows).toEqual([{ name: 'batch_20261123' }, { name: 'batch_piece_20261123' }]);
    await query(
      database.url,
      `ALTER TABLE batch ATTACH PARTITION ${partition(ahead)} FOR VALUES FROM (${ahead}) TO (${ahead + 86_400})`,
    );
    for (const table of ['batch', 'batch_piece'])
      await query(database.url, `ALTER TABLE ${table} DETACH PARTITION ${table}_20261123 CONCURRENTLY`);
    await query(
      database.url,
      `DROP TABLE batch_20261123, batch_piece_20261123, ${partition(detached)}, ${partition(interrupted)}`,
    );
  });
});

/** As a server leaves it that is killed while readers keep it waiting. */
async function interruptDetaching(url: string, name: string): Promise<void> {
  const [reader, retention] = [1, 2].map(() => new pg.Client({ connectionString: url }));
  await Promise.all([reader.connect(), retention.connect()]);
  try {
    await reader.query(`BEGIN; SELECT FROM batch`);
    await retention.query(`SET lock_timeout = '100ms'`);
    await expect(retention.query(`ALTER TABLE batch DETACH PARTITION ${name} CONCURRENTLY`)).rejects.toThrow(
      'lock timeout',
    );
  } finally {
    await Promise.all([reader.end(), retention.end()]);
  }
  expect((await query(url, 'SELECT FROM pg_inherits WHERE inhdetachpending')).rowCount).toBe(1);
}

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

  it.each(['batch', 'batch_piece'])('makes, detaches and drops the partitions of %s', async (table) => {
    const name = `${table}_20261123`;
    await asApplication(`CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM (0) TO (86400)`);
    await asApplication(`ALTER TABLE ${table} DETACH PARTITION ${name} CONCURRENTLY`);
    await asApplication(`DROP TABLE ${name}`);
  });

  it('makes partitions that hold pieces as they are, in the table itself', async () => {
    await asApplication('CREATE TABLE batch_piece_20261123 (LIKE batch_piece INCLUDING ALL)');
    const { rows } = await asApplication(
      `SELECT attstorage, reltoastrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relname = 'batch_piece_20261123' AND attname = 'bytes'`,
    );
    expect(rows).toEqual([{ attstorage: 'p', reltoastrelid: 0 }]);
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

  it('is granted its rights by each command while a sealing has its tables', async () => {
    const sealing = await connectTo(database.url);
    try {
      await sealing.query('BEGIN; LOCK TABLE batch, batch_piece, pending_report, sealed_slot IN ROW EXCLUSIVE MODE');
      const ownerUrl = withSetting(database.ownerUrl, 'lock_timeout=1s');
      expect(await migrate({ ...database, ownerUrl })).toEqual([]);
    } finally {
      await sealing.end();
    }
  });

  it('is given its tables even if that runs into a deadlock with somebody who has one of them', async () => {
    await query(database.ownerUrl, 'ALTER TABLE batch OWNER TO cen_owner; ALTER TABLE batch_piece OWNER TO cen_owner');
    // Whoever has waited for so long looks once, and breaks itself off.
    const ownerUrl = withSetting(database.ownerUrl, 'deadlock_timeout=2s');
    const other = await connectTo(withSetting(database.ownerUrl, 'deadlock_timeout=10s'));
    other.on('error', () => undefined);
    const isBetween = `SELECT FROM pg_locks AS held JOIN pg_locks AS wanted USING (database, pid)
      WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND held.relation = 'batch_piece'::regclass AND held.mode = 'AccessExclusiveLock' AND held.granted
        AND wanted.relation = 'batch'::regclass AND NOT wanted.granted`;
    const collide = async () => {
      while ((await other.query(isBetween)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await other.query('LOCK TABLE batch_piece IN ROW EXCLUSIVE MODE; COMMIT');
    };
    try {
      await other.query('BEGIN; LOCK TABLE batch IN ROW EXCLUSIVE MODE');
      expect(await Promise.all([migrate({ ...database, ownerUrl }), collide()])).toEqual([[], undefined]);
    } finally {
      await other.end();
    }
    const { rows } = await query(database.url, `SELECT tableowner FROM pg_tables WHERE tablename ~ '^batch(_piece)?$'`);
    expect(rows).toEqual([{ tableowner: 'cen_app' }, { tableowner: 'cen_app' }]);
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
