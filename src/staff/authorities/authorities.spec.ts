import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database, PrismaService } from '../../platform/database/index.js';
import { Audit } from '../audit/audit.js';
import { AuditRepository } from '../audit/audit.repository.js';
import { Authorities } from './authorities.js';
import { AuthorityRepository } from './authority.repository.js';

let testDatabase: TestDatabase;
let database: Database;
let authorities: Authorities;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
  const audit = new Audit(new AuditRepository(database));
  authorities = new Authorities(database, new AuthorityRepository(new PrismaService(database)), audit);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

test('knows nobody before the first start', async () => {
  expect(await authorities.find('default')).toBeUndefined();
});

test('makes one default authority, however many replicas start at once, and keeps it', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => authorities.ensureDefault()));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await authorities.ensureDefault()).toEqual(made[0]);
  expect(await authorities.find('default')).toMatchObject({ id: made[0].id, name: 'default', language: 'en' });
  expect((await database.pool.query('SELECT FROM authority')).rowCount).toBe(1);
});
