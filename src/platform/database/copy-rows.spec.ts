import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { copyRows } from './copy-rows.js';
import { type Connection, Database } from './database.js';

let testDatabase: TestDatabase;
let database: Database;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
  connection = await database.connect();
});

afterAll(async () => {
  await connection.end();
  await database.close();
  await testDatabase.drop();
});

/** So many bytes that differ from row to row, as Postgres makes them below. */
function bytesOf(row: number, length: number): string {
  const block = createHash('sha256').update(String(row)).digest('hex');
  return block.repeat(Math.ceil(length / block.length)).slice(0, length);
}

const rowsOf = (lengths: readonly number[]): string =>
  `SELECT row::text, left(repeat(encode(sha256(row::text::bytea), 'hex'), length / 64 + 1), length), NULL
   FROM (VALUES ${lengths.map((length, row) => `(${row}, ${length})`).join()}) AS wanted (row, length) ORDER BY wanted.row`;

test('rows of all lengths come whole, whatever the pieces that they arrive in', async () => {
  // Up to some pieces of a socket's 64 KiB.
  const length = fc.oneof(fc.nat(200), fc.nat(300_000));
  await fc.assert(
    fc.asyncProperty(fc.array(length, { minLength: 1, maxLength: 12 }), async (lengths) => {
      const seen: unknown[] = [];
      for await (const [name, bytes, nothing] of copyRows(connection, rowsOf(lengths))) {
        const isRight = bytes!.toString() === bytesOf(seen.length, lengths[seen.length]!);
        seen.push({ name: name!.toString(), isRight, nothing: nothing!.length });
      }
      expect(seen).toEqual(lengths.map((_, row) => ({ name: String(row), isRight: true, nothing: 0 })));
    }),
    { numRuns: 30 },
  );
  const { rows } = await connection.query<{ one: number }>('SELECT 1 AS one');
  expect(rows).toEqual([{ one: 1 }]);
});

test('the last row stays as it is', async () => {
  const rows: Buffer[][] = [];
  for await (const row of copyRows(connection, rowsOf([200_000]))) rows.push(row);
  expect(rows).toHaveLength(1);
  expect(rows[0]![1]!.toString() === bytesOf(0, 200_000)).toBe(true);
});

test('a query that fails says so', async () => {
  const read = async (): Promise<void> => {
    for await (const _ of copyRows(connection, 'SELECT 1 / 0')) expect(_).toBeUndefined();
  };
  await expect(read()).rejects.toMatchObject({ code: '22012' });
});
