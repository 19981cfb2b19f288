import { randomUUID } from 'node:crypto';
import { Minting, type MintOrder, Permissions, systemMinter } from '../../../src/permissions/index.js';
import { Database } from '../../../src/platform/database/index.js';
import { Authorities } from '../../../src/staff/index.js';
import { newIdempotencyKey, randomCens } from '../../support/packed-report.js';
import { codeOf, parse, type Person, StaffServer } from './staff-fixture.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const MIDNIGHT = Date.UTC(2031, 2, 11) / 1000;
const COHORT = 10;

interface Counts {
  readonly date: string;
  readonly minted: number;
  readonly revocations: number;
  readonly redeemed: number;
  readonly expired: number;
}

let staff: StaffServer;
let operator: Person;

beforeEach(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  await staff.server.seal();
});
afterEach(() => staff.close());

async function mint(authorityId: string, count: number, validityHours = 24): Promise<string[]> {
  return place(authorityId, { requestId: randomUUID(), count, validityHours });
}

/** As the command line does. */
async function place(authorityId: string, order: MintOrder): Promise<string[]> {
  const minter = systemMinter(await staff.server.app.get(Authorities).get(authorityId));
  return [...(await staff.server.app.get(Minting).mint(minter, order)).numbers];
}

async function use(numbers: readonly string[]): Promise<void> {
  for (const number of numbers) {
    const report = { number, groups: [{ cell: 0n, cens: randomCens(1) }], idempotencyKey: newIdempotencyKey() };
    expect((await staff.server.injectReport(report)).status).toBe(202);
  }
}

/** What a server with the role `worker` does each hour, and at the end of each slot. */
async function work(): Promise<void> {
  await staff.server.app.get(Database).transaction((client) => staff.server.app.get(Permissions).purgeExpired(client));
  await staff.server.seal();
}

/** Hour by hour, as a server lives through it. */
async function liveUntil(at: number): Promise<void> {
  for (let now = await staff.server.now(); now < at; now = await staff.server.now()) {
    await staff.server.moveClockTo(Math.min(at, now + HOUR));
    await work();
  }
}

async function ask(path: string, by: Person = operator, headers: Record<string, string> = {}) {
  const answer = await by.browser.send('GET', `/admin/v1/${path}`, undefined, headers);
  if (answer.status !== 401) return answer;
  await staff.signIn(by, by.browser);
  return by.browser.send('GET', `/admin/v1/${path}`, undefined, headers);
}

async function daysOf(authorityId: string): Promise<Counts[]> {
  const path = `authorities/${authorityId}/statistics?from=2031-03-10&to=2031-03-20`;
  return parse<{ days: Counts[] }>(await ask(path)).days;
}

const total = (days: readonly Counts[]) => ({
  minted: days.reduce((sum, { minted }) => sum + minted, 0),
  redeemed: days.reduce((sum, { redeemed }) => sum + redeemed, 0),
  expired: days.reduce((sum, { expired }) => sum + expired, 0),
});

describe('the counts of an authority', () => {
  it('are what was minted, at once, and what was used and expired, in tens once the day is over', async () => {
    const authority = await staff.authority(operator);
    const numbers = await mint(authority, 60, 12);
    await use(numbers.slice(0, 25));
    expect(total(await daysOf(authority))).toEqual({ minted: 60, redeemed: 0, expired: 0 });
    await liveUntil(MIDNIGHT - 60);
    expect(total(await daysOf(authority))).toEqual({ minted: 60, redeemed: 0, expired: 0 });
    await liveUntil(MIDNIGHT + 60);
    const [first, second] = await daysOf(authority);
    expect(first).toEqual({ date: '2031-03-10', minted: 60, revocations: 0, redeemed: 20, expired: 0 });
    expect(second).toEqual({ date: '2031-03-11', minted: 0, revocations: 0, redeemed: 0, expired: 0 });

    // 35 expire in the first hour of the day; they are told with the next ten that are used.
    await use((await mint(authority, 5)).slice(0, 5));
    await liveUntil(MIDNIGHT + DAY + 60);
    expect((await daysOf(authority))[1]).toEqual({
      date: '2031-03-11',
      minted: 5,
      revocations: 0,
      redeemed: 10,
      // 65 were minted: 30 used and 20 expired leave 15 of unknown fate, a further ten would leave 5.
      expired: 20,
    });
  });

  it('count a repeated order once, and a report that is sent again once', async () => {
    const authority = await staff.authority(operator);
    const order = { requestId: randomUUID(), count: 30 };
    const [number] = await place(authority, order);
    for (let i = 0; i < 3; i++) await place(authority, order);
    const report = { number, groups: [{ cell: 0n, cens: randomCens(1) }], idempotencyKey: newIdempotencyKey() };
    for (let i = 0; i < 12; i++) expect((await staff.server.injectReport(report)).status).toBe(202);
    await liveUntil(MIDNIGHT + 60);
    expect(total(await daysOf(authority))).toEqual({ minted: 30, redeemed: 0, expired: 0 });
  });

  it('count what issuers mint and ask to revoke, whether there is anything left to revoke or not', async () => {
    const authority = await staff.authority(operator);
    const issuer = await staff.member(operator, authority, 'issuer');
    const post = (path: string, body: object) =>
      issuer.browser.send('POST', `/admin/v1/permission-numbers${path}`, body);
    const minted = await post('', { requestId: randomUUID(), count: 5, validityHours: 24 });
    const { order, numbers } = parse<{ order: string; numbers: string[] }>(minted);
    for (const body of [{ order }, { order }, { number: numbers[0] }, { order: randomUUID() }])
      expect((await post('/revocations', body)).status).toBe(204);
    expect((await daysOf(authority))[0]).toMatchObject({ minted: 5, revocations: 11 });
  });

  it('have a row for every day, as JSON and as CSV, and none for others', async () => {
    const authority = await staff.authority(operator);
    const auditor = await staff.member(operator, authority, 'auditor');
    await mint(authority, 3);
    const path = `authorities/${authority}/statistics?from=2031-03-08&to=2031-03-10`;
    expect(parse(await ask(path, auditor))).toEqual({
      from: '2031-03-08',
      to: '2031-03-10',
      cohort: COHORT,
      days: ['2031-03-08', '2031-03-09', '2031-03-10'].map((date) => ({
        date,
        minted: date === '2031-03-10' ? 3 : 0,
        revocations: 0,
        redeemed: 0,
        expired: 0,
      })),
    });
    const csv = await ask(path, auditor, { accept: 'text/csv' });
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    expect(csv.headers['cache-control']).toBe('no-store');
    expect(csv.body.toString().split('\r\n')).toEqual([
      'date,minted,revocations,redeemed,expired',
      '2031-03-08,0,0,0,0',
      '2031-03-09,0,0,0,0',
      '2031-03-10,3,0,0,0',
      '',
    ]);
    const other = await staff.authority(operator);
    await mint(other, 4);
    expect(total(await daysOf(authority)).minted).toBe(3);
    const all = parse<{ days: Counts[] }>(await ask('statistics'));
    expect(all.days).toHaveLength(30);
    expect(all.days.at(-1)).toMatchObject({ date: '2031-03-10', minted: 7 });
    expect((await ask(`authorities/${other}/statistics`, auditor)).status).toBe(403);
    expect(codeOf(await ask(`authorities/${randomUUID()}/statistics`))).toBe('staff-not-found');
  });

  it('are refused for days that are none, too many or the wrong way round, with the place of the mistake', async () => {
    for (const [query, pointer] of [
      ['from=2031-03-10', '/to'],
      ['to=2031-03-10', '/from'],
      ['from=2031-03-11&to=2031-03-10', '/to'],
      ['from=2031-02-30&to=2031-03-10', '/from'],
      ['from=0000-01-01&to=0000-01-02', '/from'],
      ['from=2030-02-03&to=2031-03-10', '/from'],
      ['from=2031-03-10&to=2031-03-10&day=1', ''],
    ]) {
      const answer = await ask(`statistics?${query}`);
      const { errors } = parse<{ errors: { pointer: string }[] }>(answer);
      expect([query, answer.status, errors[0].pointer]).toEqual([query, 422, pointer]);
    }
  });

  it('are given for 400 days, and dropped when they are older', async () => {
    const authority = await staff.authority(operator);
    await mint(authority, 3);
    expect((await ask('statistics?from=2030-02-04&to=2031-03-10')).status).toBe(200);
    await staff.server.moveClock(400 * DAY);
    await work();
    expect(total(await daysOf(authority)).minted).toBe(3);
    await staff.server.moveClock(DAY);
    await work();
    expect(total(await daysOf(authority)).minted).toBe(0);
  });
});

/** One look at the figures. */
interface Look {
  readonly at: number;
  readonly days: readonly Counts[];
}

/** What somebody who asks again and again can read from the differences. */
function leaksIn(looks: readonly Look[]): Set<string> {
  const leaks = new Set<string>();
  const changedOn = new Set<number>();
  for (const [i, { at, days }] of looks.entries()) {
    const [now, before] = [total(days), total(looks[i - 1]?.days ?? [])];
    const today = new Date(at * 1000).toISOString().slice(0, 10);
    for (const more of [now.redeemed - before.redeemed, now.expired - before.expired]) {
      if (more < 0 || (more > 0 && more < COHORT)) leaks.add('fewer than ten at once');
    }
    if (days.some(({ date, redeemed, expired }) => date === today && redeemed + expired > 0)) leaks.add('today');
    if (now.redeemed + now.expired === before.redeemed + before.expired) continue;
    if (changedOn.has(Math.floor(at / DAY))) leaks.add('twice a day');
    changedOn.add(Math.floor(at / DAY));
    if (now.minted - now.redeemed - now.expired < COHORT) leaks.add('fewer than ten left');
  }
  return leaks;
}

describe('somebody who asks every minute', () => {
  it('sees no single number end, over a mixed load and a midnight; and the look finds a leak where there is one', async () => {
    const authority = await staff.authority(operator);
    const other = await staff.authority(operator);
    await liveUntil(MIDNIGHT - 40 * 60);
    const looks: Look[] = [];
    const asIfToldAtOnce: Look[] = [];
    let used = 0;
    const short = await mint(authority, 50, 1);
    await use(short.slice(0, 15));
    used += 15;
    const live = await mint(authority, 60);
    for (let minute = 0; minute < 70; minute++) {
      if (minute % 3 === 0) {
        await use([live[minute / 3]]);
        used++;
      }
      if (minute % 7 === 0) await use(await mint(other, 1));
      if (minute % 20 === 0) await work();
      await staff.server.moveClock(60);
      const { days } = parse<{ days: Counts[] }>(
        await ask(`authorities/${authority}/statistics?from=2031-03-10&to=2031-03-11`),
      );
      const at = await staff.server.now();
      looks.push({ at, days });
      const [first, second] = days;
      asIfToldAtOnce.push({
        at,
        days: at < MIDNIGHT ? [{ ...first, redeemed: used }] : [first, { ...second, redeemed: used }],
      });
    }
    expect(leaksIn(looks)).toEqual(new Set());
    expect(total(looks.at(-1)!.days).redeemed).toBeGreaterThanOrEqual(COHORT);
    expect(leaksIn(asIfToldAtOnce)).toEqual(new Set(['fewer than ten at once', 'today', 'twice a day']));
  });

  it('cannot tell whether the one number of a day was used, nor the tenth of ten of which nine were not', async () => {
    const twins = async (count: number): Promise<[string, string]> => {
      const pair: [string, string] = [await staff.authority(operator), await staff.authority(operator)];
      const [[number]] = [await mint(pair[0], count, 5), await mint(pair[1], count, 5)];
      await use([number]);
      return pair;
    };
    const pairs = [await twins(1), await twins(10), await twins(40)];
    for (let hour = 0; hour < 40; hour++) {
      await staff.server.moveClock(HOUR);
      await work();
      for (const [used, unused] of pairs) expect(await daysOf(used)).toEqual(await daysOf(unused));
    }
  });
});

describe('the database', () => {
  it('holds the counts that are not told encrypted, anew with each sealing', async () => {
    const authority = await staff.authority(operator);
    await use((await mint(authority, 30)).slice(0, 3));
    await liveUntil(MIDNIGHT + 60);
    const tallies = await staff.server.rows<{ sealed: Buffer; bytes: number }>(
      'SELECT sealed, octet_length(sealed) AS bytes FROM ended_tally',
    );
    expect(tallies).toHaveLength(1);
    expect(tallies[0].sealed.toString('hex')).not.toContain(authority.replaceAll('-', ''));
    expect(await staff.server.rows('SELECT FROM ended_day')).toEqual([]);
    // Rewritten under the newest key by the next sealing: it never keeps an old one.
    await liveUntil(MIDNIGHT + HOUR + 60);
    const [after] = await staff.server.rows<{ sealed: Buffer }>('SELECT sealed FROM ended_tally');
    expect(after.sealed.equals(tallies[0].sealed)).toBe(false);
  });
});
