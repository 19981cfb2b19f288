import fc from 'fast-check';
import { ObservationSet, sync } from 'cen-client';
import { hexCens, randomCens } from '../../../test/support/packed-report.js';
import { readPublication, sealNextSlot } from '../../../test/support/publication.js';
import { indexOf } from '../../../test/support/published.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { equalRanges } from './batch-file.js';

/** Of the format's eight million CENs in a part, a thousand: else a test of parts would take a minute and a gigabyte. */
jest.mock('cen-client/encode', () => ({ ...jest.requireActual<object>('cen-client/encode'), MAX_CENS: 1000 }));

describe('equal ranges', () => {
  it('are as few as possible, differ by one CEN at most, and are the whole in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), (count, most) => {
        const cens = Uint8Array.from({ length: 16 * count }, (_, i) => i >> 4);
        const parts = equalRanges(cens, most);
        const sizes = parts.map(({ length }) => length / 16);
        expect(Buffer.concat(parts)).toEqual(Buffer.from(cens));
        expect(parts).toHaveLength(Math.ceil(count / most));
        expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a region with more CENs than one batch may hold', () => {
  let server: TestServer;
  let reported: Buffer[];

  beforeAll(async () => {
    server = await startTestServer();
    await server.seal();
    reported = [randomCens(1250), randomCens(1251)];
    for (const cens of reported) {
      const [number] = await server.mint(1);
      expect((await server.report({ number, groups: [{ cell: 0n, cens }] })).status).toBe(202);
    }
    await sealNextSlot(server);
  });

  afterAll(() => server.close());

  it('is published in equal parts, each with the next CENs in order', async () => {
    const parts = (await readPublication(server)).sort((a, b) => a.part - b.part);
    expect(parts.map(({ part, count }) => [part, count])).toEqual([
      [0, 833],
      [1, 834],
      [2, 834],
    ]);
    expect(parts.flatMap(({ cens }) => cens)).toEqual(reported.flatMap((cens) => hexCens(cens)).sort());
    const { batches } = indexOf(await server.get('/v1/regions/world'));
    const answers = await Promise.all(batches.map(({ encodings }) => server.get(encodings['compact']!.url)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const missing = batches[0].encodings['compact']!.url.replace('-0.', '-3.');
    expect((await server.get(missing)).status).toBe(404);
  });

  it.each(['part by part', 'as a day bundle'])('is found by phones %s', async (way) => {
    if (way === 'as a day bundle') {
      await server.advanceTo((await server.now()) + 86_400 * 3);
      const { batches, days } = indexOf(await server.get('/v1/regions/world'));
      expect(batches).toEqual([]);
      expect(days).toMatchObject([{ batches: 3, count: 2501 }]);
    }
    const cens = reported.flatMap((packed) => hexCens(packed));
    const now = await server.now();
    const observations = cens.map((cen) => ({ cen: Buffer.from(cen, 'hex'), observedAt: now - 5 * 86_400 }));
    const { matches, problems, downloaded } = await sync({
      baseUrl: `http://127.0.0.1:${server.port}`,
      rootKey: server.keyRing.rootPublicKey(),
      places: [],
      observations: new ObservationSet(observations),
      now: () => now,
    });
    expect(problems).toEqual([]);
    expect(downloaded).toMatchObject({ batches: 3, cens: 2501 });
    expect(matches).toHaveLength(2501);
    expect(new Set(matches.map(({ part }) => part))).toEqual(new Set([0, 1, 2]));
  });
});
