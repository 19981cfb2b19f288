import { defineConfig } from 'prisma/config';

// For Prisma's own command line. The server and `npm run db:migrate` do not read it.
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
