import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { portablePrimitives } from '../crypto/primitives.js';
import { ObservationSet } from '../match/observations.js';
import type { Observation } from '../match/observations.js';
import { inPieces, meta, now, randomCens, resign, seal, signingKey, testKey } from '../testing/seal.js';
import { BatchError } from './batch-error.js';
import { readBatch, readBatches } from './read-batch.js';
import type { ReadOptions } from './read-batch.js';

const trust = { findKey: (id: string) => (id === signingKey.keyId ? signingKey.publicKey : undefined), now: () => now };

function observe(cen: Uint8Array, observedAt = meta.slotStart): Observation {
  return { cen: new Uint8Array(cen), observedAt };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  if (error instanceof BatchError) return error.code;
  throw error;
}

describe('reading a batch', () => {
  it('finds exactly the observations that are in it, in either encoding and any pieces', async () => {
    const scenario = fc.record({
      count: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 500, max: 3000 })),
      there: fc.nat(30),
      elsewhere: fc.nat(50),
      encoding: fc.constantFrom('compact' as const, 'full' as const),
      remainderBits: fc.constantFrom(40 as const, 32 as const),
      pieceBytes: fc.integer({ min: 1, max: 70_000 }),
      portable: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ count, there, elsewhere, encoding, remainderBits, pieceBytes, portable }) => {
        const cens = randomCens(count);
        const inside = Array.from({ length: there }, (_, i) => {
          const at = 16 * ((i * 7919) % count);
          // Early and late ones, some CENs several times: each observation of a published CEN up to the sealing matches.
          return observe(cens.subarray(at, at + 16), meta.sealedAt - (i % 3) + 1);
        });
        const outside = Array.from({ length: elsewhere }, () => observe(randomBytes(16)));
        const options: ReadOptions = { ...trust, observations: [...outside, ...inside] };
        const { header, matches } = await readBatch(inPieces(seal(encoding, cens, { remainderBits }), pieceBytes), {
          ...options,
          ...(portable && { primitives: portablePrimitives }),
        });
        expect(header).toMatchObject({ ...meta, encoding, count });
        const expected = inside.filter(({ observedAt }) => observedAt <= meta.sealedAt);
        expect(new Set(matches)).toEqual(new Set(expected));
        expect(matches).toHaveLength(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  it('reads arrays, web streams and iterables alike', async () => {
    const file = seal('compact', randomCens(2000));
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < file.length; at += 999) controller.enqueue(file.subarray(at, at + 999));
        controller.close();
      },
    });
    for (const source of [file, stream, inPieces(file, 1)]) {
      expect((await readBatch(source, trust)).header.count).toBe(2000);
    }
  });

  it('notices a repeated CEN wherever the file is cut into pieces', async () => {
    const cens = randomCens(9000);
    for (const at of [1, 2047, 2048, 2049, 4095, 4096, 4097, 8192, 8999]) {
      const file = new Uint8Array(seal('full', cens));
      file.copyWithin(64 + 16 * at, 64 + 16 * (at - 1), 64 + 16 * at);
      expect(await codeOf(readBatch(resign(file), trust))).toBe('not-ascending');
    }
  });

  it('lets no match out of a batch whose signature is wrong', async () => {
    const cens = randomCens(100);
    const observations = [observe(cens.subarray(0, 16))];
    const forged = seal('full', cens, { key: { ...testKey('thief'), keyId: signingKey.keyId } });
    expect(await codeOf(readBatch(forged, { ...trust, observations }))).toBe('bad-signature');
    const stranger = seal('full', cens, { key: testKey('stranger') });
    expect(await codeOf(readBatch(stranger, { ...trust, observations }))).toBe('unknown-key');
  });

  it('notices any changed byte', async () => {
    const file = seal('compact', randomCens(3));
    for (let at = 0; at < file.length; at++) {
      const changed = new Uint8Array(file);
      changed[at]! ^= 1;
      expect(await codeOf(readBatch(changed, trust))).not.toBe('no error');
    }
  });

  it('matches up to sealedAt and refuses a batch from the future', async () => {
    const file = seal('full', randomCens(1), { sealedAt: now + 300 });
    expect((await readBatch(file, trust)).header.sealedAt).toBe(now + 300);
    expect(await codeOf(readBatch(seal('full', randomCens(1), { sealedAt: now + 301 }), trust))).toBe(
      'from-the-future',
    );
  });

  it('asks nothing of the source after it has failed', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield randomBytes(1000);
      } finally {
        closed = true;
      }
    }
    expect(await codeOf(readBatch(endless(), trust))).toBe('bad-magic');
    expect(closed).toBe(true);
  });

  it('hands on what the source throws', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield seal('full', randomCens(1)).subarray(0, 70);
      throw new Error('connection reset');
    }
    await expect(readBatch(broken(), trust)).rejects.toThrow('connection reset');
  });

  it('holds one piece of a large batch at a time', async () => {
    const file = seal('full', randomCens(400_000));
    let most = 0;
    async function* measured(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < file.length; at += 16_384) {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        yield file.subarray(at, at + 16_384);
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    await readBatch(measured(), { ...trust, primitives: portablePrimitives });
    expect(file.length).toBeGreaterThan(6_000_000);
    expect(most).toBeLessThan(500_000);
  });

  it('shows a tool every block, whatever is looked for', async () => {
    const cens = randomCens(5000);
    let shown = 0;
    const { matches } = await readBatch(seal('compact', cens), {
      ...trust,
      observations: [observe(cens.subarray(160, 176))],
      visit: () => ({ block: (_index, _offsets, count) => (shown += count) }),
    });
    expect([shown, matches.length]).toEqual([5000, 1]);
  });

  it('takes prepared observations of many batches', async () => {
    const cens = randomCens(10);
    const observations = new ObservationSet([observe(cens.subarray(0, 16)), observe(cens.subarray(32, 48))]);
    for (const encoding of ['full', 'compact'] as const) {
      expect((await readBatch(seal(encoding, cens), { ...trust, observations })).matches).toHaveLength(2);
    }
    expect(() => new ObservationSet([{ cen: new Uint8Array(15), observedAt: 0 }])).toThrow(RangeError);
  });
});

describe('reading a day bundle', () => {
  const files = [0, 1, 2].map((i) =>
    seal('compact', randomCens(600), { slotStart: meta.slotStart + 3600 * i, sealedAt: meta.sealedAt + 3600 * i }),
  );
  const later = { ...trust, now: () => now + 7200 };

  it('yields batch after batch', async () => {
    const starts: number[] = [];
    for await (const { header } of readBatches(inPieces(Buffer.concat(files), 777), later))
      starts.push(header.slotStart);
    expect(starts).toEqual([0, 1, 2].map((i) => meta.slotStart + 3600 * i));
  });

  it('ends with an error at a broken batch, after those before it', async () => {
    const broken = new Uint8Array(files[1]!);
    broken[1000]! ^= 4;
    const read: number[] = [];
    const all = async () => {
      for await (const { header } of readBatches(Buffer.concat([files[0]!, broken, files[2]!]), later)) {
        read.push(header.slotStart);
      }
    };
    await expect(all()).rejects.toThrow(BatchError);
    expect(read).toEqual([meta.slotStart]);
  });

  it('is more than one batch, which is too much for readBatch', async () => {
    expect(await codeOf(readBatch(Buffer.concat(files), later))).toBe('trailing-bytes');
    expect(await codeOf(readBatch(new Uint8Array(0), later))).toBe('truncated');
  });

  it('still refuses a batch that was signed anew with a wrong structure', async () => {
    const file = new Uint8Array(files[0]!);
    file[50] = 1;
    expect(await codeOf(readBatch(resign(file), later))).toBe('bad-reserved');
  });
});
