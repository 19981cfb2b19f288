import { newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { indexOf } from '../support/published.js';
import { readPublication, sealNextSlot } from '../support/publication.js';
import { type ReportToSend, startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3600;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ settings: { PERMISSION_HOURS: '2' } });
  await server.seal();
});
afterEach(() => server.close());

async function freshReport(): Promise<ReportToSend> {
  const [number] = await server.mint(1);
  return { number, groups: [{ cell: 0n, cens: randomCens(1) }], idempotencyKey: newIdempotencyKey() };
}

const statusOf = async (report: ReportToSend) => (await server.report(report)).status;
const counts = async () => (await readPublication(server)).map(({ count }) => count);

describe('the same request again', () => {
  it('gets the same answer and is published once: before sealing, after it, after its number has expired, until 48 h later', async () => {
    const report = await freshReport();
    const first = await server.report(report);
    const again = await server.report(report);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body.equals(first.body)).toBe(true);

    await sealNextSlot(server);
    expect(await counts()).toEqual([1]);
    expect(await statusOf(report)).toBe(202);

    await server.moveClock(24 * HOUR);
    await server.seal();
    expect(await statusOf(report)).toBe(202);
    await server.moveClock(24 * HOUR - 60);
    expect(await statusOf(report)).toBe(202);
    await server.moveClock(60);
    expect(await statusOf(report)).toBe(403);
    await server.seal();
    expect(await statusOf(report)).toBe(403);
    // Two days later it is listed in its day's bundle alone.
    const { batches, days } = indexOf(await server.get('/v1/regions/world'));
    expect([batches.length, days.map(({ count }) => count)]).toEqual([0, [1]]);
  });

  it('bodies are not compared: with another body it gets the first answer, and only the first is published', async () => {
    const report = await freshReport();
    await server.report(report);
    expect(await statusOf({ ...report, groups: [{ cell: 0n, cens: randomCens(7) }] })).toBe(202);
    await sealNextSlot(server);
    expect(await counts()).toEqual([1]);
  });

  it('is refused with another key, before and after sealing', async () => {
    const report = await freshReport();
    await server.report(report);
    expect(await statusOf({ ...report, idempotencyKey: newIdempotencyKey() })).toBe(403);
    await sealNextSlot(server);
    expect(await statusOf({ ...report, idempotencyKey: newIdempotencyKey() })).toBe(403);
    expect(await counts()).toEqual([1]);
  });

  it('is another report under another number: a key belongs to its number', async () => {
    const report = await freshReport();
    const [other] = await server.mint(1);
    await server.report(report);
    expect(await statusOf({ ...report, number: other, groups: [{ cell: 0n, cens: randomCens(2) }] })).toBe(202);
    await sealNextSlot(server);
    expect(await counts()).toEqual([3]);
  });

  it('is answered as accepted when the connection was lost before the first answer', async () => {
    const report = await freshReport();
    const [first, second] = await Promise.all([server.report(report), server.report(report)]);
    expect([first.status, second.status]).toEqual([202, 202]);
    await sealNextSlot(server);
    expect(await counts()).toEqual([1]);
  });
});

describe('a number', () => {
  it('is good until its expiry, rounded up to the hour, and refused from that second on', async () => {
    const [early, late] = await server.mint(2);
    const expiry = Math.ceil((await server.now()) / HOUR) * HOUR + 2 * HOUR;
    await server.moveClockTo(expiry - 5);
    const groups = [{ cell: 0n, cens: randomCens(1) }];
    expect(await statusOf({ number: early, groups })).toBe(202);
    await server.moveClockTo(expiry);
    expect(await statusOf({ number: late, groups })).toBe(403);
  });
});
