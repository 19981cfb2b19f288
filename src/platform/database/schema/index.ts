export { type DatabaseUrls, migrate, SchemaMismatch } from './migrate.js';
export { PRISMA_FOLDER } from './migrations-folder.js';
export { prepareSchema } from './prepare-schema.js';
export { diffToSchema, markRolledBack } from './schema-engine.js';
export { describeSchemaState, schemaState, type SchemaState } from './schema-state.js';
