import { randomBytes } from 'node:crypto';
import { BatchRepository } from '../../src/cens/batches/batch.repository.js';
import { Database } from '../../src/platform/database/index.js';
import { sha256Hex } from '../support/published.js';
import { NOON, startTestServer, type TestServer } from '../support/test-server.js';

const MIB = 1024 * 1024;
/** The slot that goes on at the start. */
const SLOT = NOON - 600;
const PATH = `/v1/regions/world/batches/${SLOT}-0`;

/** Sent in one piece, and in eleven of which the last is no whole one. */
const COMPACT = randomBytes(8 * MIB);
const FULL = randomBytes(10 * MIB + 1234);

let server: TestServer;
let slices: jest.SpyInstance<ReturnType<BatchRepository['readSlice']>, Parameters<BatchRepository['readSlice']>>;

beforeAll(async () => {
  server = await startTestServer();
  await server.seal();
  const batches = server.app.get(BatchRepository);
  const fileOf = (bytes: Buffer) => ({
    pieces: [bytes],
    size: bytes.length,
    sha256: Buffer.from(sha256Hex(bytes), 'hex'),
  });
  const client = await server.app.get(Database).pool.connect();
  await batches.insert(client, {
    ...{ region: 0n, start: SLOT, part: 0, slotSeconds: 3600, count: 1, sealedAt: SLOT + 3600 },
    ...{ compact: fileOf(COMPACT), full: fileOf(FULL) },
  });
  client.release();
  // Only with its sealing the slot is listed.
  await server.moveClock(3600);
  expect(await server.seal()).toMatchObject({ kind: 'sealed' });
  slices = jest.spyOn(batches, 'readSlice');
});

afterAll(() => server.close());
afterEach(() => slices.mockClear());

const lengths = () => slices.mock.calls.map(([, , , length]) => length);

it('a file of 8 MiB is read and sent in one piece', async () => {
  const { body } = await server.get(`${PATH}.compact`);
  expect(body.equals(COMPACT)).toBe(true);
  expect(lengths()).toEqual([8 * MIB]);
});

it('of a larger file no more than a mebibyte is read at once, and only of the part that is asked for', async () => {
  const { status, body } = await server.get(`${PATH}.full`, { range: `bytes=${2 * MIB - 3}-${2 * MIB + 4}` });
  expect([status, body]).toEqual([206, FULL.subarray(2 * MIB - 3, 2 * MIB + 5)]);
  expect(lengths()).toEqual([MIB, MIB]);
});

it('a larger file arrives whole', async () => {
  const { body, headers } = await server.get(`${PATH}.full`);
  expect(headers['content-length']).toBe(String(FULL.length));
  expect(body.equals(FULL)).toBe(true);
  // Two are in memory from before.
  expect(lengths()).toEqual([...Array<number>(8).fill(MIB), 1234]);
});
