import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One `migration.sql`; names sort in the order of application. */
export interface Migration {
  readonly name: string;
  readonly script: string;
}

/** The folder `prisma/` of this build. */
export const PRISMA_FOLDER = fileURLToPath(new URL('../../../../prisma', import.meta.url));

/** The migrations in `<prismaFolder>/migrations`, oldest first. */
export function readMigrations(prismaFolder = PRISMA_FOLDER): Migration[] {
  const folder = join(prismaFolder, 'migrations');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => ({ name, script: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
}

/** What Prisma writes to `_prisma_migrations.checksum`. */
export const checksum = (script: string): string => createHash('sha256').update(script).digest('hex');
