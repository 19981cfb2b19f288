import { randomInt } from 'node:crypto';
import { AttemptSharing } from '../../src/permissions/attempts/attempt-sharing.js';
import { numberFrom } from '../../src/permissions/number-format.js';
import type { HttpAnswer } from '../support/http-client.js';
import { packReport, randomCens } from '../support/packed-report.js';
import { type ReportToSend, startTestServer, type TestServer, type TestServerOptions } from '../support/test-server.js';

const HOUR = 3600;
const BODY = packReport([{ cell: 0n, cens: randomCens(2) }]);

const servers: TestServer[] = [];
afterEach(async () => {
  while (servers.length > 0) await servers.pop()!.close();
});

/** A failure is forgiven in 6 minutes; ten may be run up; behind one proxy. */
async function start(settings: Record<string, string> = {}, options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({
    ...options,
    settings: {
      TRUSTED_PROXY_HOPS: '1',
      FAILED_ATTEMPTS_PER_HOUR: '10',
      FAILED_ATTEMPTS_BURST: '10',
      FAILED_ATTEMPTS_TIGHTENING: '5',
      ...settings,
    },
  });
  servers.push(server);
  return server;
}

/** A well-formed number that nobody has minted: one in 10^11 is. */
const guess = (): string => numberFrom(BigInt(randomInt(10 ** 11)), 12);

async function from(address: string, server: TestServer, report: ReportToSend): Promise<HttpAnswer> {
  return server.report({ body: BODY, ...report, headers: { 'x-forwarded-for': address, ...report.headers } });
}

async function guessing(address: string, server: TestServer, times: number): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: times }, () => from(address, server, { number: guess() })));
  return answers.map(({ status }) => status);
}

const count = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length;

/** Twice: once to tell, and once to hear what the others have told. */
async function share(...replicas: TestServer[]): Promise<void> {
  for (const server of [...replicas, ...replicas]) await server.app.get(AttemptSharing).share();
}

describe('a network that guesses', () => {
  it('is heard ten times, also when it asks sixty times at once, and then told when to come back', async () => {
    const server = await start();
    const statuses = await guessing('192.0.2.1', server, 60);
    expect([count(statuses, 403), count(statuses, 429)]).toEqual([10, 50]);
    const refused = await from('192.0.2.1', server, { number: guess() });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(HOUR / 10 - 30);
    expect(seconds).toBeLessThanOrEqual(HOUR / 10);
    expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 'too-many-attempts', status: 429 });
    // The clock is read from the database anew, and may be behind by the time that takes.
    await server.moveClock(seconds + 1);
    expect(count(await guessing('192.0.2.1', server, 5), 403)).toBe(1);
  });

  it('spends nothing while it has to wait, and hurts its neighbours of the same /24 only', async () => {
    const server = await start();
    const [number] = await server.mint(1);
    await guessing('192.0.2.1', server, 12);
    expect((await from('192.0.2.200', server, { number })).status).toBe(429);
    expect((await from('192.0.3.1', server, { number })).status).toBe(202);
  });

  it('is remembered by the other replicas, and by one that starts later', async () => {
    const server = await start();
    const replica = await start({}, { replicaOf: server });
    await guessing('192.0.2.1', server, 6);
    await guessing('192.0.2.1', replica, 3);
    await share(server, replica);
    expect(count(await guessing('192.0.2.1', server, 3), 403)).toBe(1);
    await share(server);
    const late = await start({}, { replicaOf: server });
    expect(await guessing('192.0.2.1', late, 1)).toEqual([429]);
  });

  it('owes what it got by asking two replicas at the same moment', async () => {
    const server = await start();
    const replica = await start({}, { replicaOf: server });
    const [first, second] = await Promise.all([guessing('192.0.2.1', server, 20), guessing('192.0.2.1', replica, 20)]);
    const heard = count([...first, ...second], 403);
    expect(heard).toBeLessThanOrEqual(20);
    await share(server, replica);
    // Each of the failures is forgiven for its own six minutes, wherever it was counted.
    await server.moveClock((heard - 10) * (HOUR / 10) - 60);
    expect(await guessing('192.0.2.1', server, 1)).toEqual([429]);
    await server.moveClock(HOUR / 10 + 120);
    expect(await guessing('192.0.2.1', server, 1)).toEqual([403]);
  });
});

describe('volume alone', () => {
  it('refuses nobody: reports, repeated reports, chaff and slips of one network are no failures', async () => {
    const server = await start({ FAILED_ATTEMPTS_BURST: '5' });
    const numbers = await server.mint(40);
    const key = 'AAECAwQFBgcICQoLDA0ODw';
    const reports = await Promise.all([
      ...numbers.slice(1).map((number) => from('198.51.100.7', server, { number })),
      ...numbers.map(() => from('198.51.100.7', server, { authorization: 'Chaff 000000000000' })),
    ]);
    expect(new Set(reports.map(({ status }) => status))).toEqual(new Set([202]));
    for (let time = 0; time < 8; time++)
      expect((await from('198.51.100.7', server, { number: numbers[0]!, idempotencyKey: key })).status).toBe(202);
    for (let time = 0; time < 8; time++)
      expect((await from('198.51.100.7', server, { number: '482199370157' })).status).toBe(422);
    await share(server);
    expect(await server.rows('SELECT * FROM attempt_counter')).toEqual([]);
    expect((await from('198.51.100.7', server, { number: guess() })).status).toBe(403);
  });

  it('is bounded all the same, for reports and for chaff alike', async () => {
    const server = await start({ PUBLIC_WRITES_PER_HOUR: '100' });
    const chaff = await Promise.all(
      Array.from({ length: 15 }, () => from('198.51.100.7', server, { authorization: 'Chaff 000000000000' })),
    );
    expect(
      count(
        chaff.map(({ status }) => status),
        429,
      ),
    ).toBe(5);
    const [number] = await server.mint(1);
    expect((await from('198.51.100.7', server, { number })).status).toBe(429);
    expect((await from('203.0.113.7', server, { number })).status).toBe(202);
  });

  it('is bounded more narrowly where nothing backs a report', async () => {
    const server = await start({ UPLOAD_POLICY: 'open', UNBACKED_REPORTS_PER_HOUR: '40' });
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++) statuses.push((await from('198.51.100.7', server, {})).status);
    expect(statuses).toEqual([202, 202, 202, 202, 429, 429]);
    expect(await server.rows('SELECT FROM pending_report')).toHaveLength(4);
    const [number] = await server.mint(1);
    expect((await from('198.51.100.7', server, { number })).status).toBe(202);
  });
});

describe('an attack from many networks', () => {
  const network = (index: number): string => `10.${index >> 8}.${index & 255}.1`;

  it('raises an alert and makes failures dearer, and a network that has not failed is heard all the same', async () => {
    const server = await start({ FAILED_ATTEMPTS_ALARM: '40' });
    for (let index = 0; index < 21; index++) await guessing(network(index), server, 2);
    await share(server);
    // Two failures, and one now counts for five of ten: one more, instead of eight.
    const statuses = await guessing(network(0), server, 6);
    expect([count(statuses, 403), count(statuses, 429)]).toEqual([1, 5]);
    const [number] = await server.mint(1);
    const fresh = await guessing('203.0.113.1', server, 6);
    expect([count(fresh, 403), count(fresh, 429)]).toEqual([2, 4]);
    expect((await from('198.51.100.1', server, { number })).status).toBe(202);
    await until(async () => (await alerts(server)).includes('guessing'));
    await server.moveClock(3 * HOUR);
    await until(async () => !(await alerts(server)).includes('guessing'));
    expect(count(await guessing('198.51.100.1', server, 12), 403)).toBe(10);
  });
});

describe('what is stored of it', () => {
  it('is a number of 16 bits under a key of the day, and times', async () => {
    const server = await start();
    await guessing('192.0.2.1', server, 3);
    await guessing('2001:db8:7::1', server, 1);
    await share(server);
    const rows = await server.rows<Record<string, unknown>>('SELECT * FROM attempt_counter ORDER BY clear_at');
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual(['clear_at', 'counted_at', 'counter', 'day_key_id']);
      expect(row['day_key_id']).toBe(server.keyRing.current('attempt-day').id);
      expect(row['counter']).toBeLessThan(65_536);
    }
    const [{ logged }] = await server.rows<{ logged: number }>(
      `SELECT count(*)::int AS logged FROM pg_class WHERE relname LIKE 'attempt\\_%' AND relkind IN ('r', 'i') AND relpersistence <> 'u'`,
    );
    expect(logged).toBe(0);
  });
});

describe('a request that has to wait', () => {
  it('is told so before anything else is said of it', async () => {
    const server = await start({ MAX_REPORT_CENS: '10' });
    await guessing('192.0.2.1', server, 12);
    const wrong: ReportToSend[] = [
      { mediaType: 'text/plain' },
      { headers: { 'content-encoding': 'gzip' } },
      { body: packReport([{ cell: 0n, cens: randomCens(11) }]), number: guess() },
      { body: Buffer.alloc(3) },
      { idempotencyKey: null },
      { authorization: 'Bearer x' },
      { authorization: 'Chaff 000000000000' },
    ];
    for (const report of wrong) expect((await from('192.0.2.1', server, report)).status).toBe(429);
    const preflight = await server.request({
      method: 'OPTIONS',
      path: '/v1/reports',
      headers: {
        'x-forwarded-for': '192.0.2.1',
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
      },
    });
    expect(preflight.status).toBe(204);
    const browser = await from('192.0.2.1', server, { headers: { origin: 'https://app.example' } });
    expect(browser.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('with limits switched off', () => {
  it('nothing is counted', async () => {
    const server = await start({
      FAILED_ATTEMPTS_PER_HOUR: '0',
      PUBLIC_WRITES_PER_HOUR: '0',
      FAILED_ATTEMPTS_ALARM: '0',
    });
    expect(count(await guessing('192.0.2.1', server, 30), 403)).toBe(30);
    await share(server);
    expect(await server.rows('SELECT FROM attempt_counter')).toEqual([]);
  });
});

async function alerts(server: TestServer): Promise<string[]> {
  const { alerts: raised } = JSON.parse((await server.get('/health/ready')).body.toString()) as {
    alerts: { name: string }[];
  };
  return raised.map(({ name }) => name);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
