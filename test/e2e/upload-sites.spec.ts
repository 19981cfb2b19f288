import { randomUUID } from 'node:crypto';
import { newIdempotencyKey, randomCens } from '../support/packed-report.js';
import { readPublication } from '../support/publication.js';
import { type ReportToSend, startTestServer, type TestServer } from '../support/test-server.js';
import { codeOf, parse, type Person, StaffServer } from './staff/staff-fixture.js';

const HOUR = 3600;
const INSIDE = '192.0.2.77';
const OUTSIDE = '203.0.113.5';
const PATIENCE_MS = 10_000;

const SETTINGS = {
  UPLOAD_POLICY: 'location',
  MIN_REPORTS: '2',
  TRUSTED_PROXY_HOPS: '1',
  UNBACKED_REPORTS_PER_HOUR: '100000',
};

interface Site {
  readonly id: string;
  readonly authorityId: string;
  readonly name: string;
  readonly ranges: string[];
  readonly overlaps: { range: string; with: { name: string | null; authorityId: string | null; range: string } }[];
}

let staff: StaffServer;
let server: TestServer;
let operator: Person;
let manager: Person;
let authority: string;

beforeEach(async () => {
  staff = await StaffServer.start({ settings: SETTINGS });
  ({ server } = staff);
  operator = await staff.operator();
  authority = await staff.authority(operator);
  manager = await staff.member(operator, authority, 'manager');
  await server.seal();
});
afterEach(() => staff.close());

const sitesOf = (id: string) => `/admin/v1/authorities/${id}/upload-sites`;

async function register(ranges: string[], by = manager, of = authority, name = `site ${randomUUID()}`): Promise<Site> {
  const answer = await by.browser.send('POST', sitesOf(of), { name, ranges });
  expect([answer.status, answer.body.toString()]).toEqual([201, expect.any(String)]);
  return parse<Site>(answer);
}

function reportFrom(address: string, more: Partial<ReportToSend> = {}, to = server) {
  return to.report({
    groups: [{ cell: 0n, cens: randomCens(1) }],
    ...more,
    headers: { 'x-forwarded-for': address, ...more.headers },
  });
}

/** NOTIFY, and the look beneath it, take a moment. */
async function until(status: number, address: string, to = server): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await reportFrom(address, {}, to);
    if (answer.status === status) return;
    if (Date.now() > deadline) throw new Error(`still ${answer.status}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function publishedCens(): Promise<number> {
  await server.moveClock(HOUR);
  expect(await server.seal()).toMatchObject({ kind: 'sealed' });
  return (await readPublication(server)).reduce((sum, { count }) => sum + count, 0);
}

describe('a report without a credential', () => {
  it('is taken from an address of a registered site, and from nowhere else', async () => {
    expect((await reportFrom(INSIDE)).status).toBe(401);
    await register(['192.0.2.64/26', '2001:db8::/48']);
    await until(202, INSIDE);
    for (const address of ['192.0.2.64', '192.0.2.127', '::ffff:192.0.2.100', '2001:db8::7', '[2001:db8:0:1::7]:4711'])
      expect((await reportFrom(address)).status).toBe(202);
    for (const address of ['192.0.2.63', '192.0.2.128', OUTSIDE, '2001:db8:1::1', 'unknown', '']) {
      const answer = await reportFrom(address);
      expect([address, answer.status, codeOf(answer)]).toEqual([address, 401, 'credential-required']);
      expect(String(answer.headers['www-authenticate'])).toContain('Permission');
    }
  });

  it('is judged by what the trusted proxy says, whatever the client says of itself', async () => {
    await register(['192.0.2.0/24']);
    await until(202, INSIDE);
    expect((await reportFrom(`${INSIDE}, ${OUTSIDE}`)).status).toBe(401);
    expect((await reportFrom(`${OUTSIDE}, ${INSIDE}`)).status).toBe(202);
    const headers = { forwarded: `for=${INSIDE}`, 'x-real-ip': INSIDE, 'true-client-ip': INSIDE };
    expect((await reportFrom(OUTSIDE, { headers })).status).toBe(401);
    expect((await server.report({ groups: [{ cell: 0n, cens: randomCens(1) }] })).status).toBe(401);
  });

  it('is published once and answered alike when it is sent again, also from elsewhere by now', async () => {
    await register(['192.0.2.0/24']);
    await until(202, INSIDE);
    const same = { groups: [{ cell: 0n, cens: randomCens(3) }], idempotencyKey: newIdempotencyKey() };
    expect((await reportFrom(OUTSIDE, same)).status).toBe(401);
    expect((await reportFrom(INSIDE, same)).status).toBe(202);
    for (const address of [INSIDE, OUTSIDE, INSIDE]) expect((await reportFrom(address, same)).status).toBe(202);
    const [number] = await server.mint(1);
    expect((await reportFrom(OUTSIDE, { number })).status).toBe(202);
    expect(await publishedCens()).toBe(5);
    expect((await reportFrom(OUTSIDE, same)).status).toBe(202);
    expect((await reportFrom(OUTSIDE, { ...same, idempotencyKey: newIdempotencyKey() })).status).toBe(401);
  });

  it('leaves a wrong number wrong, and a right one right, wherever it comes from', async () => {
    await register(['192.0.2.0/24']);
    await until(202, INSIDE);
    const [used, live] = await server.mint(2);
    for (const status of [202, 403]) expect((await reportFrom(INSIDE, { number: used })).status).toBe(status);
    expect((await reportFrom(INSIDE, { authorization: 'Permission 482199370157' })).status).toBe(422);
    expect((await reportFrom(OUTSIDE, { number: live })).status).toBe(202);
  });

  it('is limited for each network, like any that comes without a number', async () => {
    await register(['192.0.2.0/24']);
    await until(202, INSIDE);
    const strict = await startTestServer({
      replicaOf: server,
      settings: { ...SETTINGS, UNBACKED_REPORTS_PER_HOUR: '100' },
    });
    try {
      const statuses = new Set<number>();
      for (let i = 0; i < 20; i++) statuses.add((await reportFrom(INSIDE, {}, strict)).status);
      expect(statuses).toEqual(new Set([202, 429]));
      const [number] = await server.mint(1);
      expect((await reportFrom(INSIDE, { number }, strict)).status).toBe(202);
    } finally {
      await strict.close();
    }
  });
});

describe('reports of one site', () => {
  it('count as one towards MIN_REPORTS, however many they are: those of a second site complete them', async () => {
    await register(['192.0.2.0/24']);
    await until(202, INSIDE);
    await register(['198.51.100.0/24'], manager);
    for (let i = 0; i < 5; i++) expect((await reportFrom(INSIDE)).status).toBe(202);
    expect(await publishedCens()).toBe(0);
    await until(202, '198.51.100.9');
    expect(await publishedCens()).toBe(7);
  });
});

describe('a change of the sites', () => {
  it('takes effect on every replica, a disabled authority included', async () => {
    const second = await startTestServer({ replicaOf: server, settings: SETTINGS });
    try {
      const site = await register(['192.0.2.0/24']);
      for (const replica of [server, second]) await until(202, INSIDE, replica);
      const at = `${sitesOf(authority)}/${site.id}`;
      expect((await manager.browser.send('PATCH', at, { ranges: ['198.51.100.0/24'] })).status).toBe(200);
      for (const replica of [server, second]) {
        await until(401, INSIDE, replica);
        await until(202, '198.51.100.1', replica);
      }
      const disable = (disabled: boolean) =>
        operator.browser.send('PATCH', `/admin/v1/authorities/${authority}`, { disabled });
      expect((await disable(true)).status).toBe(200);
      for (const replica of [server, second]) await until(401, '198.51.100.1', replica);
      expect((await disable(false)).status).toBe(200);
      for (const replica of [server, second]) await until(202, '198.51.100.1', replica);
      expect((await operator.browser.send('DELETE', at)).status).toBe(204);
      for (const replica of [server, second]) await until(401, '198.51.100.1', replica);
    } finally {
      await second.close();
    }
  });

  it('is in the log with the ranges, and asks for password and code again', async () => {
    const site = await register(['192.0.2.7', '2001:DB8:0::/48']);
    expect(site.ranges).toEqual(['192.0.2.7/32', '2001:db8::/48']);
    const at = `${sitesOf(authority)}/${site.id}`;
    await manager.browser.send('PATCH', at, { name: 'harbour' });
    await manager.browser.send('DELETE', at);
    const { entries } = parse<{ entries: { action: string; actorId: string; details: object }[] }>(
      await operator.browser.send('GET', `/admin/v1/authorities/${authority}/audit?actorId=${manager.id}`),
    );
    const ranges = site.ranges;
    expect(entries.filter(({ action }) => action.startsWith('upload-site.'))).toEqual([
      expect.objectContaining({ action: 'upload-site.remove', details: { site: site.id, ranges } }),
      expect.objectContaining({
        action: 'upload-site.change',
        details: { site: site.id, changed: ['name'], ranges },
      }),
      expect.objectContaining({ action: 'upload-site.create', details: { site: site.id, ranges } }),
    ]);
    await server.moveClock(6 * 60);
    const late = await manager.browser.send('POST', sitesOf(authority), { name: 'x', ranges: ['192.0.2.0/24'] });
    expect(codeOf(late)).toBe('confirmation-required');
  });

  it('is refused with the place of the mistake', async () => {
    const send = (ranges: unknown) => manager.browser.send('POST', sitesOf(authority), { name: 'harbour', ranges });
    for (const [ranges, pointer, detail] of [
      [['192.0.2.0/24', '192.0.2.9/24'], '/ranges/1', 'did you mean 192.0.2.0/24'],
      [['0.0.0.0/0'], '/ranges/0', 'too wide'],
      [['192.0.2.0/24', '192.0.2.0/28'], '/ranges/1', 'lies in 192.0.2.0/24'],
      [[], '/ranges', ''],
      ['192.0.2.0/24', '/ranges', ''],
    ] as const) {
      const answer = await send(ranges);
      const [error] = parse<{ errors: { pointer: string; detail: string }[] }>(answer).errors;
      expect([answer.status, error.pointer, error.detail]).toEqual([422, pointer, expect.stringContaining(detail)]);
    }
    await register(['192.0.2.0/24'], manager, authority, 'harbour');
    expect(codeOf(await send(['198.51.100.0/24']))).toBe('site-name-taken');
    const gone = `${sitesOf(authority)}/${randomUUID()}`;
    expect(codeOf(await manager.browser.send('PATCH', gone, { name: 'x' }))).toBe('site-not-found');
    expect(codeOf(await manager.browser.send('DELETE', gone))).toBe('site-not-found');
    // Another authority's manager finds nothing there either.
    const other = await staff.authority(operator);
    const [mine] = parse<{ sites: Site[] }>(await manager.browser.send('GET', sitesOf(authority))).sites;
    const stranger = await staff.member(operator, other, 'manager');
    expect((await stranger.browser.send('DELETE', `${sitesOf(authority)}/${mine.id}`)).status).toBe(403);
    expect(codeOf(await stranger.browser.send('DELETE', `${sitesOf(other)}/${mine.id}`))).toBe('site-not-found');
  });

  it('shows what overlaps: an operator sees whose it is, a manager only that it is', async () => {
    const other = await staff.authority(operator);
    await register(['192.0.2.0/24'], operator, other, 'pharmacy');
    const site = await register(['192.0.2.128/25', '198.51.100.0/24']);
    const overlap = { range: '192.0.2.128/25', with: { siteId: expect.any(String) as string, range: '192.0.2.0/24' } };
    expect(site.overlaps).toEqual([{ ...overlap, with: { ...overlap.with, name: null, authorityId: null } }]);
    const { sites } = parse<{ sites: Site[] }>(await operator.browser.send('GET', '/admin/v1/upload-sites'));
    expect(sites.find(({ id }) => id === site.id)!.overlaps).toEqual([
      { ...overlap, with: { ...overlap.with, name: 'pharmacy', authorityId: other } },
    ]);
    expect(sites).toHaveLength(2);
  });
});

it('under another policy a site lets nobody in', async () => {
  const other = await StaffServer.start();
  try {
    const boss = await other.operator();
    const id = await other.authority(boss);
    expect((await boss.browser.send('POST', sitesOf(id), { name: 'x', ranges: ['192.0.2.0/24'] })).status).toBe(201);
    expect((await reportFrom(INSIDE, {}, other.server)).status).toBe(401);
  } finally {
    await other.close();
  }
});

it('refuses what a web page of another origin sends with an address alone, and takes it with a number', async () => {
  await register(['192.0.2.0/24']);
  await until(202, INSIDE);
  const page = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const refused = await reportFrom(INSIDE, { headers: page });
  expect([refused.status, codeOf(refused)]).toEqual([403, 'foreign-page']);
  const [number] = await server.mint(1);
  expect((await reportFrom(INSIDE, { number, headers: page })).status).toBe(202);
});

it('lets a manager register no more addresses than a /16 in all, and an operator more', async () => {
  await register(['44.1.0.0/17', '2a00:1000::/40']);
  const site = await register(['44.1.128.0/18', '44.1.192.0/19']);
  const path = `${sitesOf(authority)}/${site.id}`;
  const more = { ranges: ['44.1.128.0/17', '44.2.0.0/32'] };
  const refused = await manager.browser.send('PATCH', path, more);
  expect([refused.status, codeOf(refused)]).toEqual([409, 'sites-too-wide']);
  const another = { name: 'another', ranges: ['44.9.0.0/18'] };
  expect(codeOf(await manager.browser.send('POST', sitesOf(authority), another))).toBe('sites-too-wide');
  expect((await manager.browser.send('PATCH', path, { ranges: ['44.1.128.0/17'] })).status).toBe(200);
  expect((await operator.browser.send('POST', sitesOf(authority), another)).status).toBe(201);
});
