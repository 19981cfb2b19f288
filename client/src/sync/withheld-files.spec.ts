import { DownloadError } from '../index.js';
import { FakeServer } from '../testing/fake-server.js';
import { DAY, failure, HOUR, met, now, syncWith, today } from '../testing/phone.js';
import { randomCens, testKey } from '../testing/seal.js';

describe('sync, of files that are listed but not handed out,', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer(now);
  });

  /** Answers with this status what is asked for of the batch that starts then. */
  function withhold(start: number, status: number): void {
    server.answer = (path, response) => (path.includes(`/${start}-0`) ? new Response('no', { status }) : response);
  }

  it.each([404, 410])('notices that a cache suppresses a batch by answering %i', async (status) => {
    const { cens, observation } = met(10);
    server.publish(0n, today, cens);
    withhold(today, status);
    const { problems, cursor } = await syncWith(server);
    const url = `/v1/regions/world/batches/${today}-0.compact`;
    expect(problems).toEqual([{ url, error: expect.objectContaining({ code: 'missing', status }) }]);
    expect(problems[0]!.error).toBeInstanceOf(DownloadError);
    server.answer = (_, response) => response;
    expect((await syncWith(server, { cursor, observations: [observation] })).matches).toHaveLength(1);
  });

  it('notices that a cache suppresses a bundle', async () => {
    server.publish(0n, today - 3 * DAY, randomCens(10));
    server.bundled.add(today - 3 * DAY);
    server.answer = (path, response) => (path.includes('/days/') ? new Response(null, { status: 404 }) : response);
    const { problems } = await syncWith(server);
    expect(problems.map(({ error }) => error.code)).toEqual(['missing']);
  });

  it('notices that a batch is suppressed on the last day of its retention', async () => {
    server.publish(0n, today - 20 * DAY, randomCens(10));
    withhold(today - 20 * DAY, 410);
    expect((await syncWith(server)).problems).toHaveLength(1);
  });

  it('takes a batch for expired while its clock is up to five minutes behind that of the server', async () => {
    server.publish(0n, today - 20 * DAY, randomCens(10));
    withhold(today - 20 * DAY, 410);
    server.now = today + DAY - 300;
    expect((await syncWith(server)).problems).toEqual([]);
    server.now--;
    expect((await syncWith(server)).problems).toHaveLength(1);
  });

  it('does not let settings, which are not signed, excuse suppression by a retention that is too short', async () => {
    for (const days of [1, 2, 3]) {
      server.publish(0n, today - days * DAY, randomCens(10));
    }
    server.settings = { retentionDays: 1 };
    server.answer = (path, response) => (path.includes('/batches/') ? new Response(null, { status: 410 }) : response);
    expect((await syncWith(server)).problems).toHaveLength(2);
  });

  it.each([403, 429, 500, 503])('goes on behind a batch that is answered with %i each time', async (status) => {
    [0, 1, 2].forEach((hours) => server.publish(0n, today + hours * HOUR, randomCens(10)));
    withhold(today, status);
    const { problems, cursor } = await syncWith(server);
    expect(problems).toMatchObject([{ error: { name: 'DownloadError', code: 'failed', status } }]);
    expect(cursor.handled.world).toEqual([`${today + HOUR}-0`, `${today + 2 * HOUR}-0`]);
  });

  it('goes on behind a batch whose key is not to be had', async () => {
    const { cursor } = await syncWith(server);
    server.publish(0n, today, randomCens(10), { key: testKey('newer') });
    server.publish(0n, today + HOUR, randomCens(10));
    server.answer = (path, response) =>
      path === '/v1/keys' && response.status === 200 ? new Response(null, { status: 503 }) : response;
    const { problems, downloaded } = await syncWith(server, { cursor });
    expect(problems).toMatchObject([{ error: { code: 'failed', status: 503, message: 'failed: 503 for /v1/keys' } }]);
    expect(downloaded.batches).toBe(1);
  });

  it('ends when an index is not to be had', async () => {
    server.answer = (path, response) => (path === '/v1/regions/world' ? new Response(null, { status: 503 }) : response);
    expect(await failure(syncWith(server))).toMatchObject({ code: 'server' });
  });
});

describe('sync, of answers without an end,', () => {
  const MIB = 2 ** 20;

  /** Pieces of 64 KiB for as long as they are asked for. */
  function endless() {
    const given = { bytes: 0, stopped: false };
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given.bytes += 65_536;
        // What reads on for ever would end the test run, not the test.
        if (given.bytes > 40 * MIB) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        given.stopped = true;
      },
    });
    return { given, body };
  }

  it.each([
    ['/v1', MIB],
    ['/v1/keys', MIB],
    ['/v1/regions/world', 32 * MIB],
  ])('stops reading %s after %i bytes', async (endlessPath, most) => {
    const server = new FakeServer(now);
    const { given, body } = endless();
    server.answer = (path, response) =>
      path === endlessPath ? new Response(body, { headers: response.headers }) : response;
    expect(await failure(syncWith(server))).toMatchObject({
      code: 'refused',
      message: `refused: too-long: ${endlessPath} has more than ${most} bytes`,
    });
    expect(given.stopped).toBe(true);
    expect(given.bytes).toBeLessThan(most + 4 * 65_536);
  });
});

describe('sync, told of a retention that cannot be,', () => {
  it.each([0, 43, 1e9, 1.5, -1])('keeps its cursor as it is (%d days)', async (retentionDays) => {
    const server = new FakeServer(now);
    server.publish(0n, today, randomCens(10));
    const { cursor } = await syncWith(server);
    server.settings = { retentionDays };
    const error = await failure(syncWith(server, { cursor }));
    expect(error).toMatchObject({ code: 'refused', cause: { code: 'bad-settings' } });
    expect(error.cursor).toEqual(cursor);
  });

  it.each([1, 42])('takes %i days, as a deployment may have', async (retentionDays) => {
    const server = new FakeServer(now);
    server.settings = { retentionDays };
    expect((await syncWith(server)).settings.retentionDays).toBe(retentionDays);
  });
});
