// npm run db:migration -- NAME [--empty]: writes the migration that leads from those in prisma/migrations to prisma/schema.prisma.
// --empty writes one without SQL, for what the schema cannot say. --prisma FOLDER works on another folder than prisma/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { diffToSchema, PRISMA_FOLDER } from '../dist/platform/database/schema/index.js';
import { withThrowawayPostgres } from './throwaway-postgres.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { prisma: { type: 'string', default: PRISMA_FOLDER }, empty: { type: 'boolean', default: false } },
});
const [name] = positionals;

if (positionals.length !== 1 || !/^[a-z][a-z0-9_]*$/.test(name)) {
  fail('Usage: npm run db:migration -- NAME [--empty], with a NAME like add_sites.');
} else {
  const script = values.empty
    ? '-- What this does, and why.\n'
    : await withThrowawayPostgres((url) => diffToSchema(url, values.prisma));
  if (script === '')
    fail('schema.prisma has nothing that the migrations do not have. For SQL that it cannot say: --empty.');
  else write(script);
}

function write(script) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(values.prisma, 'migrations', `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), script);
  console.log(
    `Wrote ${relative(process.cwd(), folder)}/migration.sql: read it, and change what a running system needs otherwise.`,
  );
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
