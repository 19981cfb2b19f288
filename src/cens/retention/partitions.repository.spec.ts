import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { dayOf } from '../slot.js';
import { PartitionsRepository } from './partitions.repository.js';

const TODAY = dayOf(Date.now() / 1000);

const partitions = new PartitionsRepository();
let testDatabase: TestDatabase;
let database: Database;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url, 2);
  connection = await database.connect();
  await partitions.ensureAhead(connection);
});

afterAll(async () => {
  await connection.end();
  await database.close();
  await testDatabase.drop();
});

it('all pages of a settled day are marked as stored for good', async () => {
  // What is not on disk yet is not marked.
  await connection.query('SET synchronous_commit = on');
  await connection.query(
    `INSERT INTO batch_piece (slot_start, region, part, encoding, n, bytes)
     SELECT ${TODAY}, 0, 0, 0, n, convert_to(repeat('x', 8000), 'UTF8') FROM generate_series(0, 9) AS n`,
  );
  await partitions.settle(connection, TODAY);
  const { rows } = await connection.query(
    `SELECT relallvisible FROM pg_class WHERE oid = (SELECT DISTINCT tableoid FROM batch_piece)`,
  );
  expect(rows).toEqual([{ relallvisible: 10 }]);
});
