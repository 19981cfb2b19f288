import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { PartitionsRepository } from '../retention/partitions.repository.js';
import { dayOf } from '../slot.js';
import { type BatchName, BatchRepository } from './batch.repository.js';
import { type NewFile, PIECE_BYTES } from './batch-pieces.js';

const HOUR = 3600;
const START = dayOf(Date.now() / 1000);
const NAME: BatchName = { region: 0x831f8dfffffffffn, start: START, part: 3 };

let testDatabase: TestDatabase;
let database: Database;
let connection: Connection;
let batches: BatchRepository;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url, 2);
  connection = await database.connect();
  await new PartitionsRepository().ensureAhead(connection);
  batches = new BatchRepository(database);
});

afterAll(async () => {
  await connection.end();
  await database.close();
  await testDatabase.drop();
});

beforeEach(() => connection.query('BEGIN'));
afterEach(() => connection.query('ROLLBACK'));

/** @param cuts where the file is cut into the places that it lies in, in any order and also more than once */
function fileOf(bytes: Buffer, cuts: readonly number[] = []): NewFile {
  const sha256 = createHash('sha256').update(bytes).digest();
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b);
  const pieces = ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
  return { pieces, size: bytes.length, sha256 };
}

async function insert(name: BatchName, compact: NewFile | Promise<NewFile>, full?: NewFile): Promise<void> {
  const about = { slotSeconds: HOUR, count: 7, sealedAt: START + HOUR };
  await batches.insert(connection, { ...name, ...about, compact, full });
}

it('gives back both files byte for byte, whatever their sizes and wherever they lay', async () => {
  let part = 0;
  const size = fc.oneof(
    fc.integer({ min: 1, max: 20_000 }),
    fc.constantFrom(
      1,
      PIECE_BYTES - 1,
      PIECE_BYTES,
      PIECE_BYTES + 1,
      256 * PIECE_BYTES,
      256 * PIECE_BYTES + 1,
      3_000_000,
    ),
  );
  const cuts = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(size, fc.option(size), cuts, async (compactSize, fullSize, at) => {
      const name = { ...NAME, part: part++ };
      const compact = randomBytes(compactSize);
      const full = fullSize === null ? undefined : randomBytes(fullSize);
      await insert(name, fileOf(compact, at), full && fileOf(full, at));
      const read = await batches.readFiles(connection, name);
      expect(read.compact.equals(compact)).toBe(true);
      expect(full === undefined ? read.full : read.full!.equals(full)).toBe(full === undefined ? undefined : true);
    }),
    { numRuns: 60 },
  );
});

describe('of a stored file', () => {
  const full = randomBytes(5 * PIECE_BYTES + 17);

  beforeEach(async () => {
    // What is read outside the transaction must have been committed.
    await insert(NAME, fileOf(randomBytes(3 * PIECE_BYTES)), fileOf(full));
    await insert({ ...NAME, part: 4 }, fileOf(randomBytes(100)), fileOf(randomBytes(6 * PIECE_BYTES)));
    await connection.query('COMMIT');
  });

  afterEach(() => connection.query('TRUNCATE batch, batch_piece'));

  it('any slice is what it says', async () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: full.length }),
      fc.integer({ min: 0, max: 5 }).map((n) => n * PIECE_BYTES),
    );
    await fc.assert(
      fc.asyncProperty(byte, byte, async (one, other) => {
        const [from, until] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(from < until);
        const slice = await batches.readSlice(NAME, 'full', from, until - from);
        expect(slice!.equals(full.subarray(from, until))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('nothing is given of which a part is gone', async () => {
    await connection.query('DELETE FROM batch_piece WHERE part = $1 AND n = 2', [NAME.part]);
    expect(await batches.readSlice(NAME, 'full', 0, full.length)).toBeUndefined();
    expect(await batches.readSlice(NAME, 'full', 2 * PIECE_BYTES + 1, 1)).toBeUndefined();
    expect(await batches.readSlice(NAME, 'full', 3 * PIECE_BYTES, 1)).toEqual(
      full.subarray(3 * PIECE_BYTES, 3 * PIECE_BYTES + 1),
    );
    expect(await batches.readSlice({ ...NAME, part: 5 }, 'full', 0, 1)).toBeUndefined();
    await expect(batches.readFiles(connection, NAME)).rejects.toThrow('lacks pieces');
  });
});

it('the full file is taken in before the compact one is there, and both stand or fall together', async () => {
  let fail: (reason: Error) => void = () => undefined;
  const compact = new Promise<NewFile>((_, reject) => (fail = reject));
  const other = await database.connect();
  try {
    const inserting = insert(NAME, compact, fileOf(randomBytes(20_000_000)));
    // The socket and Postgres' buffers do not hold the file: its table grows before the compact one is there.
    const size = async () =>
      (
        await other.query<{ size: number }>(
          `SELECT sum(pg_relation_size(inhrelid))::float8 AS size FROM pg_inherits WHERE inhparent = 'batch_piece'::regclass`,
        )
      ).rows[0].size;
    while ((await size()) < 10_000_000) await new Promise((wait) => setTimeout(wait, 20));
    expect((await other.query('SELECT FROM batch_piece')).rowCount).toBe(0);
    fail(new Error('not encoded'));
    await expect(inserting).rejects.toThrow('not encoded');
    await connection.query('ROLLBACK');
    expect((await other.query('SELECT FROM batch_piece')).rowCount).toBe(0);
  } finally {
    await other.end();
  }
});
