export { DatabaseModule } from './database.module.js';
export { Database, type Transaction } from './database.js';
export { PrismaService } from './prisma.service.js';
