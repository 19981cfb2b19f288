import { cellToParent } from 'h3-js';
import { FakeServer } from '../testing/fake-server.js';
import { cell, DAY, elsewhere, failure, HOUR, met, now, region, requests, syncWith, today } from '../testing/phone.js';
import { randomCens, testKey } from '../testing/seal.js';

describe('sync', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer(now);
  });

  it.each(['compact', 'full'] as const)(
    'finds what was reported along the path of its cells (%s)',
    async (encoding) => {
      const world = met(300);
      const near = met(700);
      const far = met(300);
      server.publish(0n, today, world.cens);
      server.publish(region(2), today, near.cens);
      server.publish(elsewhere, today, far.cens);
      const observations = [world, near, far].map(({ observation }) => observation);
      const result = await syncWith(server, { observations, encoding });
      expect(result.matches).toEqual([
        { observation: world.observation, region: 'world', slotStart: today, part: 0, sealedAt: today + HOUR },
        {
          observation: near.observation,
          region: cellToParent(cell, 2),
          slotStart: today,
          part: 0,
          sealedAt: today + HOUR,
        },
      ]);
      expect(result.matches[0]!.observation).toBe(world.observation);
      expect(result.problems).toEqual([]);
      expect(result.downloaded).toMatchObject({ batches: 2, cens: 1000 });
      // Nobody learns of places beyond those of the path, and each region is asked for once.
      expect(requests(server, '/regions/').map((line) => line.split('/')[3])).toEqual(
        expect.not.arrayContaining([elsewhere.toString(16), cell]),
      );
      expect(requests(server, '/v1/regions/world').filter((line) => line.endsWith('world'))).toHaveLength(1);
    },
  );

  it('follows cells of different resolutions and shares their ancestors', async () => {
    server.publish(region(3), today, randomCens(5));
    server.publish(region(1), today, randomCens(5));
    server.publish(elsewhere, today, randomCens(5));
    await syncWith(server, { places: [cell, region(3), elsewhere] });
    const indexes = server.log.filter((line) => /regions\/\w+$/.test(line));
    expect(indexes).toHaveLength(1 + 4 + 1);
    expect(new Set(indexes).size).toBe(indexes.length);
  });

  it.each<[string, bigint, number]>([
    ['a coarser cell', region(2), 5],
    ['the world', 0n, 6],
  ])('follows everything that is published in %s', async (_, place, indexes) => {
    const below = met(10);
    server.publish(region(3), today, below.cens);
    server.publish(elsewhere, today, randomCens(5));
    const observations = [below.observation, { ...below.observation, cells: [place] }];
    const { matches } = await syncWith(server, { places: [place], observations });
    expect(matches.map(({ observation }) => observation)).toEqual(observations);
    expect(server.log.filter((line) => /regions\/\w+$/.test(line))).toHaveLength(indexes);
  });

  it('does not match what was observed after the sealing', async () => {
    const { cens, observation } = met(10, today + HOUR);
    server.publish(0n, today, cens);
    const late = { ...observation, observedAt: today + HOUR + 1 };
    const { matches } = await syncWith(server, { observations: [observation, late] });
    expect(matches.map((match) => match.observation)).toEqual([observation]);
  });

  it('matches an observation of known cells only in their regions', async () => {
    const { cens, observation } = met(10);
    server.publish(region(1), today, cens);
    const here = { ...observation, cells: [region(3)] };
    const there = { ...observation, cells: [elsewhere] };
    const { matches } = await syncWith(server, { observations: [here, there] });
    expect(matches.map((match) => match.observation)).toEqual([here]);
  });

  it('costs only 304s when nothing is new', async () => {
    server.publish(0n, today, randomCens(10));
    const { cursor } = await syncWith(server);
    server.log.length = 0;
    const again = await syncWith(server, { cursor: JSON.parse(JSON.stringify(cursor)) });
    expect(server.log).toEqual(['200 /v1', '304 /v1/keys', '304 /v1/regions/world']);
    expect(again.downloaded.batches).toBe(0);
    expect(again.cursor).toEqual(await syncWith(server, { cursor: again.cursor }).then(({ cursor: last }) => last));
  });

  it('asks for a whole document when the signature of its copy has run out and a 304 brings no new one', async () => {
    server.signs304 = false;
    const { cursor } = await syncWith(server);
    server.log.length = 0;
    await syncWith(server, { cursor });
    expect(server.log).toEqual(['200 /v1', '304 /v1/keys', '304 /v1/regions/world']);
    server.now += server.validity + 1;
    server.log.length = 0;
    await syncWith(server, { cursor });
    expect(server.log).toEqual([
      '200 /v1',
      '304 /v1/keys',
      '200 /v1/keys',
      '304 /v1/regions/world',
      '200 /v1/regions/world',
    ]);
  });

  it('handles a batch that appears after later ones', async () => {
    server.publish(0n, today + 5 * HOUR, randomCens(10));
    const { cursor } = await syncWith(server);
    const late = met(10);
    server.publish(0n, today, late.cens);
    const { matches, downloaded } = await syncWith(server, { cursor, observations: [late.observation] });
    expect(matches).toHaveLength(1);
    expect(downloaded.batches).toBe(1);
  });

  it('takes the bundle of a day that it missed, and single batches for the rest', async () => {
    const old = met(10, today - 3 * DAY);
    const yesterday = met(10, today - DAY);
    server.publish(0n, today - 2 * DAY - HOUR, old.cens);
    server.publish(0n, today - 2 * DAY - 2 * HOUR, randomCens(600));
    server.publish(0n, today - 2 * HOUR, yesterday.cens);
    server.publish(0n, today, randomCens(10));
    server.bundled.add(today - 3 * DAY).add(today - DAY);
    const observations = [old.observation, yesterday.observation];
    const { matches, downloaded, cursor } = await syncWith(server, { observations });
    expect(matches).toHaveLength(2);
    expect(downloaded.batches).toBe(4);
    expect(requests(server, '/days/')).toHaveLength(2);
    expect(requests(server, '/batches/')).toHaveLength(1);
    expect((await syncWith(server, { observations, cursor })).downloaded.batches).toBe(0);
  });

  it('takes single batches of a day of which it has some, as long as they are listed', async () => {
    server.publish(0n, today - 3 * HOUR, randomCens(10));
    const { cursor } = await syncWith(server);
    server.publish(0n, today - 2 * HOUR, randomCens(10));
    server.bundled.add(today - DAY);
    server.log.length = 0;
    const { downloaded } = await syncWith(server, { cursor });
    expect(downloaded.batches).toBe(1);
    expect(requests(server, '/days/')).toHaveLength(0);
  });

  it('reports nothing twice when it must take a bundle of which it has handled some', async () => {
    const first = met(10, today - 5 * DAY);
    server.now = today - 4 * DAY + HOUR;
    server.publish(0n, today - 4 * DAY, first.cens);
    const observations = [first.observation];
    const { cursor, matches } = await syncWith(server, { observations });
    expect(matches).toHaveLength(1);
    server.now = now;
    server.publish(0n, today - 4 * DAY + HOUR, randomCens(10));
    server.bundled.add(today - 4 * DAY);
    const again = await syncWith(server, { observations, cursor });
    expect(requests(server, '/days/')).toHaveLength(1);
    expect(again.matches).toEqual([]);
    expect(again.cursor.handled.world).toHaveLength(2);
  });

  it('goes on where it was interrupted, and loses neither matches nor batches', async () => {
    const all = [0, 1, 2, 3].map(() => met(10));
    all.forEach(({ cens }, i) => server.publish(0n, today + i * HOUR, cens));
    const observations = all.map(({ observation }) => observation);
    server.answer = (path, response) => {
      if (path.includes(`${today + 2 * HOUR}-0`)) throw new TypeError('fetch failed');
      return response;
    };
    const stored: unknown[] = [];
    const error = await failure(
      syncWith(server, { observations, onBatch: ({ matches }, cursor) => void stored.push(matches.length, cursor()) }),
    );
    expect(error.code).toBe('network');
    expect(error.matches).toHaveLength(2);
    expect(stored).toEqual([1, expect.anything(), 1, error.cursor]);
    server.answer = (_, response) => response;
    const rest = await syncWith(server, { observations, cursor: error.cursor });
    expect(rest.matches.map(({ slotStart }) => slotStart)).toEqual([today + 2 * HOUR, today + 3 * HOUR]);
  });

  it('keeps the batches of a bundle that it had verified when the connection broke', async () => {
    [3, 2, 1].forEach((hours) => server.publish(0n, today - 2 * DAY - hours * HOUR, randomCens(50)));
    server.bundled.add(today - 3 * DAY);
    server.answer = async (path, response) => {
      if (!path.includes('/days/')) return response;
      const file = new Uint8Array(await response.arrayBuffer());
      let sent = 0;
      return new Response(
        new ReadableStream({
          pull(controller) {
            if (sent > file.length / 2) controller.error(new Error('connection reset'));
            else controller.enqueue(file.subarray(sent, (sent += 100)));
          },
        }),
      );
    };
    const error = await failure(syncWith(server));
    expect(error.code).toBe('network');
    expect(error.cursor.handled.world).toHaveLength(1);
  });

  it('stops when told to, with what it has', async () => {
    server.publish(0n, today, randomCens(10));
    server.publish(0n, today + HOUR, randomCens(10));
    const stop = new AbortController();
    const error = await failure(
      syncWith(server, { signal: stop.signal, onBatch: () => stop.abort(new Error('enough')) }),
    );
    expect(error).toMatchObject({ code: 'aborted', message: 'aborted: enough' });
    expect(error.cursor.handled.world).toEqual([`${today}-0`]);
  });

  it.each([404, 410])('passes over a batch that has expired meanwhile (%i)', async (status) => {
    const expired = today - 21 * DAY;
    server.publish(0n, expired, randomCens(10));
    server.publish(0n, today + HOUR, randomCens(10));
    server.answer = (path, response) => (path.includes(`${expired}-0`) ? new Response(null, { status }) : response);
    const { downloaded, problems, cursor } = await syncWith(server);
    expect(downloaded.batches).toBe(1);
    expect(problems).toEqual([]);
    expect(cursor.handled.world).toEqual([`${today + HOUR}-0`]);
  });

  it('passes over a bundle that has expired meanwhile', async () => {
    server.publish(0n, today - 21 * DAY + HOUR, randomCens(10));
    server.bundled.add(today - 21 * DAY);
    server.answer = (path, response) => (path.includes('/days/') ? new Response(null, { status: 410 }) : response);
    expect((await syncWith(server)).problems).toEqual([]);
  });

  it('forgets batches that are past the longest retention that there is', async () => {
    server.publish(0n, today, randomCens(10));
    const { cursor } = await syncWith(server);
    server.batches.length = 0;
    server.now = today + 43 * DAY;
    expect((await syncWith(server, { cursor })).cursor.handled).toEqual({ world: [`${today}-0`] });
    server.now = today + 44 * DAY;
    expect((await syncWith(server, { cursor })).cursor.handled).toEqual({});
  });

  it('forgets the documents of regions that it no longer follows', async () => {
    server.publish(region(0), today, randomCens(3));
    const { cursor } = await syncWith(server);
    expect(Object.keys(cursor.documents)).toHaveLength(3);
    const moved = await syncWith(server, { cursor, places: [] });
    expect(Object.keys(moved.cursor.documents)).toEqual(['/v1/keys', '/v1/regions/world']);
  });

  it('fetches the keys again, once, for a key that it does not know', async () => {
    const { cursor } = await syncWith(server);
    const newer = testKey('newer');
    let asked = 0;
    server.publish(0n, today, randomCens(10), { key: newer });
    server.answer = (path, response) => {
      // A cache in between still has the old keys the first time.
      if (path === '/v1/keys' && asked++ === 0) server.keys.push(newer);
      return response;
    };
    const { downloaded, problems } = await syncWith(server, { cursor });
    expect({ problems, batches: downloaded.batches, asked }).toEqual({ problems: [], batches: 1, asked: 2 });
    const stranger = testKey('stranger');
    server.publish(0n, today + HOUR, randomCens(10), { key: stranger });
    server.publish(0n, today + 2 * HOUR, randomCens(10), { key: stranger });
    asked = 0;
    const refused = await syncWith(server, { cursor });
    expect(refused.problems.map(({ error }) => error.code)).toEqual(['unknown-key', 'unknown-key']);
    expect(asked).toBe(2);
  });

  it('shows how far it is', async () => {
    server.publish(0n, today, randomCens(2000));
    server.publish(0n, today + HOUR, randomCens(2000));
    const shown: [number, number][] = [];
    await syncWith(server, {
      onProgress: ({ batches, bytes }) => shown.push([batches.done, bytes.done / bytes.total]),
    });
    expect(shown[0]).toEqual([0, 0]);
    expect(shown.at(-1)).toEqual([2, 1]);
    expect(shown).toEqual([...shown].sort((a, b) => a[1] - b[1]));
  });
});
