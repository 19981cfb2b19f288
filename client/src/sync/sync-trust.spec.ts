import { randomBytes } from 'node:crypto';
import { cellToParent } from 'h3-js';
import { FakeServer, rootKey } from '../testing/fake-server.js';
import { cell, DAY, failure, HOUR, met, now, region, syncWith, today } from '../testing/phone.js';
import { randomCens, resign, testKey } from '../testing/seal.js';

describe('sync, of what it cannot trust,', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer(now);
  });

  describe('refuses', () => {
    const code = async () => {
      const error = await failure(syncWith(server));
      return [error.code, (error.cause as { code?: string }).code];
    };

    it('an index signed by a stranger', async () => {
      server.indexKey = testKey('stranger');
      expect(await code()).toEqual(['refused', 'unknown-key']);
    });

    it('an index signed by the root key, which signs keys only', async () => {
      server.indexKey = rootKey;
      expect(await code()).toEqual(['refused', 'unknown-key']);
    });

    it('keys that the root key did not sign', async () => {
      const error = await failure(syncWith(server, { rootKey: Buffer.alloc(32, 1).toString('base64url') }));
      expect(error).toMatchObject({ code: 'refused', cause: { code: 'unknown-key' } });
    });

    it('a document whose signature has run out', async () => {
      server.validity = -1;
      expect(await code()).toEqual(['refused', 'expired-signature']);
    });

    it('a document that was changed', async () => {
      server.answer = async (path, response) =>
        path === '/v1/regions/world'
          ? new Response((await response.text()).replace('[]', '[ ]'), { headers: response.headers })
          : response;
      expect(await code()).toEqual(['refused', 'bad-signature']);
    });

    it('a document without a signature', async () => {
      server.answer = async (path, response) =>
        path === '/v1/keys' ? new Response(await response.text(), { status: 200 }) : response;
      expect(await code()).toEqual(['refused', 'unsigned']);
    });

    it('the index of another region', async () => {
      server.publish(region(0), today, randomCens(3));
      server.answer = (path, response) =>
        path.endsWith(cellToParent(cell, 0)) ? server.fetch('https://cen.example.org/v1/regions/world', {}) : response;
      expect(await code()).toEqual(['refused', 'bad-index']);
    });

    it('a server of another protocol version', async () => {
      server.settings = { protocol: 2 };
      expect(await code()).toEqual(['refused', 'unsupported-protocol']);
    });

    it('settings that are none', async () => {
      server.settings = { retentionDays: 'many' };
      expect(await code()).toEqual(['refused', 'bad-settings']);
    });

    it('to be led to another host', async () => {
      server.settings = { keysUrl: '//evil.example.org/v1/keys' };
      expect(await code()).toEqual(['refused', 'foreign-url']);
      expect(server.log).toEqual(['200 /v1']);
    });

    it('a place that is no cell', async () => {
      await expect(syncWith(server, { places: ['8328308280fffff'] })).rejects.toThrow(RangeError);
    });
  });

  describe('does not believe, and tries again next time,', () => {
    /** Publishes a batch, answers for its file what `change` makes of it, and returns why it was refused. */
    async function refusal(change: (file: Uint8Array) => Uint8Array): Promise<string[]> {
      const { cens, observation } = met(600);
      server.publish(0n, today, cens);
      // Smaller, so that it also fits in the place of the first.
      server.publish(0n, today + HOUR, randomCens(500));
      const url = `/v1/regions/world/batches/${today}-0.compact`;
      server.answer = async (path, response) =>
        path === url ? new Response(new Uint8Array(change(new Uint8Array(await response.arrayBuffer())))) : response;
      const { problems, matches, cursor, downloaded } = await syncWith(server, { observations: [observation] });
      expect(matches).toEqual([]);
      expect(downloaded.batches).toBe(1);
      expect(cursor.handled.world).toEqual([`${today + HOUR}-0`]);
      expect(problems.every((problem) => problem.url === url)).toBe(true);
      return problems.map(({ error }) => error.code);
    }

    it('a batch cut short', async () => {
      expect(await refusal((file) => file.subarray(0, -1))).toEqual(['truncated']);
    });

    it('a batch with more behind it', async () => {
      expect(await refusal((file) => Buffer.concat([file, randomBytes(1)]))).toEqual(['too-long']);
    });

    it('a batch that was changed', async () => {
      expect(await refusal((file) => file.fill(file.at(-70)! ^ 1, file.length - 70, file.length - 69))).toEqual([
        'bad-signature',
      ]);
    });

    it('another batch, signed as well, in the place of the one asked for', async () => {
      expect(await refusal(() => server.batches[1]!.files.compact)).toEqual(['unexpected-batch']);
    });

    it('the other encoding', async () => {
      expect(await refusal(() => server.batches[0]!.files.full.subarray(0, 3000))).toEqual(['unexpected-batch']);
    });

    it('a batch that is signed but not the listed file', async () => {
      // The unused last bits of a hash: a different salt, and everything else alike.
      expect(await refusal((file) => resign(file.fill(file[32]! ^ 1, 32, 33)))).toEqual(['bad-checksum']);
    });
  });

  it('does not let an index that it had be taken back by an older one, although that is still valid', async () => {
    server.publish(0n, today, randomCens(10));
    const old = await server.fetch('https://cen.example.org/v1/regions/world', {});
    server.now += 60;
    server.publish(0n, today + HOUR, randomCens(10));
    const { cursor } = await syncWith(server);
    expect(cursor.handled.world).toHaveLength(2);
    server.answer = (path, response) => (path === '/v1/regions/world' ? old.clone() : response);
    const fresh = { ...cursor, handled: {} };
    expect((await syncWith(server, { cursor: fresh })).cursor.handled.world).toHaveLength(2);
  });

  it('does not forget what it has handled because settings, which are not signed, tell of a short retention', async () => {
    for (const days of [1, 2, 3]) server.publish(0n, today - days * DAY, randomCens(10));
    const { cursor } = await syncWith(server);
    server.settings = { retentionDays: 1 };
    const { cursor: next } = await syncWith(server, { cursor });
    expect(next.handled.world).toHaveLength(3);
    server.settings = {};
    expect((await syncWith(server, { cursor: next })).downloaded.batches).toBe(0);
  });

  it('does not believe a batch of the same size and sealing for another slot', async () => {
    const sealedAt = today + 2 * HOUR;
    server.publish(0n, today, randomCens(10), { sealedAt });
    server.publish(0n, today + HOUR, randomCens(10), { sealedAt });
    server.answer = (path, response) =>
      path.includes(`${today}-0`) ? new Response(new Uint8Array(server.batches[1]!.files.full)) : response;
    const { problems } = await syncWith(server, { encoding: 'full' });
    expect(problems.map(({ error }) => error.code)).toEqual(['unexpected-batch']);
  });

  describe('of a bundle that is not the one listed', () => {
    /** Publishes two batches of one day and one of another, answers with these of them, and tells what came of it. */
    async function bundleOf(...which: number[]) {
      const day = today - 3 * DAY;
      for (const start of [day, day + HOUR, day + DAY]) server.publish(0n, start, randomCens(10));
      server.bundled.add(day);
      server.answer = (path, response) =>
        path.includes('/days/')
          ? new Response(Buffer.concat(which.map((i) => server.batches[i]!.files.full)))
          : response;
      const { problems, cursor } = await syncWith(server, { encoding: 'full' });
      const handled = cursor.handled.world!.filter((name) => Number.parseInt(name, 10) < day + DAY);
      return { codes: problems.map(({ error }) => error.code), handled: handled.length };
    }

    it('keeps the verified batches when one is missing', async () =>
      expect(await bundleOf(0)).toEqual({ codes: ['unexpected-batch'], handled: 1 }));

    it('takes none twice', async () =>
      expect(await bundleOf(0, 0)).toEqual({ codes: ['unexpected-batch'], handled: 1 }));

    it('takes none in the wrong order', async () =>
      expect(await bundleOf(1, 0)).toEqual({ codes: ['unexpected-batch'], handled: 1 }));

    it('takes none of another day', async () =>
      expect(await bundleOf(0, 2)).toEqual({ codes: ['unexpected-batch'], handled: 1 }));
  });

  it('does not believe a batch sealed more than five minutes ahead of its clock', async () => {
    server.publish(0n, today, randomCens(10), { sealedAt: now + 301 });
    server.publish(0n, today + HOUR, randomCens(10), { sealedAt: now + 300 });
    const { problems, downloaded } = await syncWith(server);
    expect(problems.map(({ error }) => error.code)).toEqual(['from-the-future']);
    expect(downloaded.batches).toBe(1);
  });
});
