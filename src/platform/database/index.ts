export { copyRowsIn } from './copy-rows-in.js';
export { copyRows } from './copy-rows.js';
export { DatabaseModule } from './database.module.js';
export { type Connection, Database, type Transaction } from './database.js';
export { DataFolderInUse, EmbeddedPostgresError, type OpenPostgres } from './embedded/index.js';
export { ClockStands, moveClock } from './move-clock.js';
export { openPostgres } from './open-postgres.js';
export { claimForProduction, durabilityFaults, UnsafeDatabase } from './production-database.js';
export { PrismaService } from './prisma.service.js';
export {
  type DatabaseUrls,
  markRolledBack,
  migrate,
  prepareSchema,
  SchemaMismatch,
  schemaState,
  type SchemaState,
} from './schema/index.js';
