// npm run db:check: fails, and prints the SQL that is missing, unless prisma/migrations lead exactly to prisma/schema.prisma.
// --prisma FOLDER checks another folder than prisma/.
import { parseArgs } from 'node:util';
import { diffToSchema, PRISMA_FOLDER } from '../dist/platform/database/schema/index.js';
import { withThrowawayPostgres } from './throwaway-postgres.mjs';

const { values } = parseArgs({ options: { prisma: { type: 'string', default: PRISMA_FOLDER } } });
const difference = await withThrowawayPostgres((url) => diffToSchema(url, values.prisma));

if (difference === '') {
  console.log('Migrations and schema agree.');
} else {
  console.error(
    `The migrations do not lead to schema.prisma. "npm run db:migration -- NAME" would write:\n\n${difference}`,
  );
  process.exitCode = 1;
}
