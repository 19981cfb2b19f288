import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { EngineAdapter } from './engine-adapter.js';
import { PRISMA_FOLDER, readMigrations } from './migrations-folder.js';

const NO_FILTER = { externalTables: [], externalEnums: [] };

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};

/**
 * Prisma's own migration engine, which Prisma publishes as WebAssembly too: the same rows in `_prisma_migrations` as from its command
 * line, without a native program that would have to be downloaded. See ADR 0004.
 */
async function openEngine(adapter: EngineAdapter): Promise<SchemaEngine> {
  // Where the engine leaves the message of a panic; without it, a panic hides what was wrong.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: rethrowPanic } });
  // The package's entry imports the .wasm file as a module, which Node does only under a flag: so it is instantiated here.
  const module = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as EngineModule;
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': withIdleTimers(module),
  });
  module.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return module.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

function rethrowPanic(message: string): never {
  throw new Error(`Prisma's migration engine has failed: ${message}`);
}

/** The engine leaves its 10 s timer for the lock behind, which must not keep the process alive. */
function withIdleTimers(module: EngineModule): WebAssembly.ModuleImports {
  const imports = { ...module } as unknown as WebAssembly.ModuleImports;
  const setTimer = Object.keys(imports).find((name) => name.startsWith('__wbg_setTimeout_'));
  if (setTimer !== undefined)
    imports[setTimer] = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref();
  return imports;
}

async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const adapter = new EngineAdapter(url);
  try {
    return await work(await openEngine(adapter));
  } finally {
    await adapter.close();
  }
}

/**
 * Applies what is missing, in order, each migration in a transaction of its own. One that fails leaves no trace but its row in
 * `_prisma_migrations`, begun and not finished, and nothing after it is applied.
 * @returns the names of those applied
 */
export function applyMigrations(url: string): Promise<string[]> {
  return withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(PRISMA_FOLDER),
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
