export { type OpenPostgres, ownPostgres, visitPostgres } from './embedded-postgres.js';
export { DataFolderInUse } from './ownership.js';
