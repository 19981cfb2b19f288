import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { EngineAdapter } from './engine-adapter.js';
import { loadEngine } from './engine-module.js';
import { PRISMA_FOLDER, readMigrations } from './migrations-folder.js';

const NO_FILTER = { externalTables: [], externalEnums: [] };

async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const adapter = new EngineAdapter(url);
  try {
    const { SchemaEngine } = await loadEngine();
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    return await work(await SchemaEngine.new({ datamodels: undefined }, () => undefined, bound));
  } finally {
    await adapter.close();
  }
}

/**
 * Applies what is missing, in order, each migration in a transaction of its own. One that fails leaves no trace but its row in
 * `_prisma_migrations`, begun and not finished, and nothing after it is applied.
 * @returns the names of those applied
 */
export function applyMigrations(url: string, prismaFolder = PRISMA_FOLDER): Promise<string[]> {
  return withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(prismaFolder),
      filters: NO_FILTER,
    });
    return appliedMigrationNames;
  });
}

/** Says that a migration which failed has been undone: it counts as pending again. */
export function markRolledBack(url: string, migrationName: string): Promise<void> {
  return withEngine(url, async (engine) => {
    await engine.markMigrationRolledBack({ migrationName });
  });
}

/**
 * The SQL that leads from the migrations in `prismaFolder` to its `schema.prisma`; empty when they agree.
 *
 * Replays the migrations in a shadow of the database at `url`: only ever give it a database that is thrown away.
 */
export function diffToSchema(url: string, prismaFolder: string): Promise<string> {
  const path = join(prismaFolder, 'schema.prisma');
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] };
  return withEngine(url, async (engine) => {
    const from: DiffTarget = { tag: 'migrations', ...migrationList(prismaFolder) };
    const { exitCode, stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters: NO_FILTER });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
}

function migrationList(prismaFolder: string): MigrationList {
  const baseDir = join(prismaFolder, 'migrations');
  const lockfile = { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') };
  const migrationDirectories = readMigrations(prismaFolder).map(({ name, script }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
  }));
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
}
