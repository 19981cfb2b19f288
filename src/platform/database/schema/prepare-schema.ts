import type { Config } from '../../config/index.js';
import { type DatabaseUrls, migrate, SchemaMismatch } from './migrate.js';
import { describeSchemaState, schemaState } from './schema-state.js';

/**
 * Makes sure, before anything else touches the database, that its schema is this build's: migrates where the configuration allows it.
 * @returns the names of the migrations that were applied
 * @throws {SchemaMismatch} with one message for the operator
 */
export async function prepareSchema(config: Pick<Config, 'migrateAtStart'>, urls: DatabaseUrls): Promise<string[]> {
  const applied = config.migrateAtStart ? await migrate(urls) : [];
  const fault = describeSchemaState(await schemaState(urls.url));
  if (fault !== '') throw new SchemaMismatch(fault);
  return applied;
}
