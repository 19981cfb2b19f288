import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { groupByFirstByte, sortUnique } from 'cen-client/encode';
import { hexCens, randomCens } from '../../../test/support/packed-report.js';
import { readPublication, sealNextSlot } from '../../../test/support/publication.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Database } from '../../platform/database/index.js';
import { sealPending } from '../reports/pending-codec.js';
import { PendingReportRepository } from '../reports/pending-report.repository.js';
import { type BatchPart, buildBatchFiles, finished, type SignedFile } from './batch-file.js';
import { type BatchFiles, type BegunFile, EncodingThread } from './encoding-thread.js';
import { Sealing } from './sealing.js';

const common = {
  meta: { region: 0n, slotStart: 3600, slotSeconds: 3600, sealedAt: 7200 },
  fillUpTo: 0,
  cenShape: 'random',
  remainderBits: 40,
  publishFull: true,
  signingKey: { id: '0123456789abcdef', privateKey: generateKeyPairSync('ed25519').privateKey },
} as const;

const shared = (bytes: number) => new SharedArrayBuffer(bytes);

async function all(files: AsyncGenerator<BatchFiles>): Promise<BatchFiles[]> {
  const made: BatchFiles[] = [];
  for await (const part of files) made.push(part);
  return made;
}

const fullFiles = async (files: readonly BatchPart<BegunFile | SignedFile>[]) =>
  Promise.all(
    files.map(async ({ part, count, full }) => {
      const file = Buffer.concat(await Promise.all(full!.pieces.map(async (piece) => piece)));
      expect(file).toHaveLength(full!.size);
      return { part, count, file: file.toString('hex'), sha256: Buffer.from(await full!.sha256).toString('hex') };
    }),
  );

/** On Linux. A thread may end meanwhile. */
async function threadPriorities(): Promise<number[]> {
  return (await readdir('/proc/self/task')).flatMap((id) => {
    try {
      return [getPriority(Number(id))];
    } catch {
      return [];
    }
  });
}

describe('the encoding thread', () => {
  const thread = new EncodingThread();
  afterAll(() => thread.onApplicationShutdown());

  it('makes the same batches as this one would, one after another', async () => {
    for (const count of [1, 5000]) {
      const reported = randomBytes(16 * count);
      // One report twice: duplicates are dropped there, too.
      const cens = groupByFirstByte([reported, reported], shared);
      const made = await all(thread.encode({ ...common, cens }));
      const expected = [...buildBatchFiles({ ...common, sorted: sortUnique(reported) })].map(finished);
      expect(await fullFiles(made)).toEqual(await fullFiles(expected));
      // Under another salt each time.
      const compact = await made[0]!.compact;
      expect(Buffer.concat(compact.pieces)).toHaveLength(compact.size);
    }
  });

  (process.platform === 'linux' ? it : it.skip)('goes behind the thread that answers requests', async () => {
    const own = getPriority();
    await all(thread.encode({ ...common, cens: groupByFirstByte([randomBytes(16)], shared) }));
    expect(getPriority()).toBe(own);
    expect(await threadPriorities()).toContain(Math.max(own, 10));
  });

  it('can be left in the middle, and used again', async () => {
    const order = () => ({ ...common, cens: groupByFirstByte([randomBytes(1600)], shared) });
    for await (const { count } of thread.encode(order())) {
      expect(count).toBe(100);
      break;
    }
    expect(await all(thread.encode(order()))).toMatchObject([{ part: 0, count: 100 }]);
  });

  it('says so when it ended while nobody waited for it', async () => {
    const parts = thread.encode({ ...common, cens: groupByFirstByte([randomBytes(1600)], shared) });
    const { value } = await parts.next();
    await (value as BatchFiles).compact;
    await thread.onApplicationShutdown();
    await expect(parts.next()).rejects.toThrow('The encoding thread has ended.');
  });
});

describe('a sealing whose encoding thread dies', () => {
  let server: TestServer;
  const cens = randomCens(120_000);

  beforeEach(async () => {
    server = await startTestServer();
    await server.seal();
    const report = { backing: 'permission', authority: undefined, groups: [{ cell: 0n, cens }] } as const;
    const row = sealPending(randomUUID(), report, server.keyRing.current('pending-aead'));
    await server.app.get(Database).transaction((client) => server.app.get(PendingReportRepository).insert(client, row));
    await server.moveClock(3600);
  });
  afterEach(() => server.close());

  it('ends, if its deletion fails, when nothing of it uses the thread any more', async () => {
    const thread = server.app.get(EncodingThread);
    const encode = thread.encode.bind(thread);
    let isEnded = false;
    jest.spyOn(thread, 'encode').mockImplementationOnce(async function* (order) {
      try {
        yield* encode(order);
      } finally {
        isEnded = true;
      }
    });
    const failure = jest
      .spyOn(server.app.get(PendingReportRepository), 'delete')
      .mockRejectedValueOnce(new Error('lost'));
    await expect(server.app.get(Sealing).seal()).rejects.toThrow('lost');
    expect(failure).toHaveBeenCalled();
    expect(isEnded).toBe(true);
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', reports: 1, batches: 1 });
  });

  it.each(['before it has sorted', 'while the full file is being stored'])(
    '%s changes nothing, and the next one publishes all',
    async (when) => {
      const thread = server.app.get(EncodingThread);
      const encode = thread.encode.bind(thread);
      jest.spyOn(thread, 'encode').mockImplementationOnce(async function* (order) {
        const parts = encode(order);
        if (when === 'before it has sorted') setImmediate(() => void thread.onApplicationShutdown());
        for await (const part of parts) {
          void thread.onApplicationShutdown();
          yield part;
        }
      });
      const before = await server.rows('SELECT id FROM pending_report');
      await expect(server.app.get(Sealing).seal()).rejects.toThrow('The encoding thread has ended.');
      expect(await readPublication(server)).toEqual([]);
      expect(await server.rows('SELECT id FROM pending_report')).toEqual(before);

      expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', reports: 1, batches: 1 });
      const [batch] = await readPublication(server);
      expect(batch!.cens).toEqual(hexCens(cens).sort());
    },
  );
});
