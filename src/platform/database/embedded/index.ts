export { type OpenPostgres, ownPostgres, visitPostgres } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { DataFolderInUse } from './ownership.js';
