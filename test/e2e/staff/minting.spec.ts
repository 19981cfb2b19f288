import { randomUUID } from 'node:crypto';
import { json, type HttpAnswer } from '../../support/http-client.js';
import { randomCens } from '../../support/packed-report.js';
import { readPdf } from '../../support/pdf-text.js';
import { codeOf, parse, type Person, StaffServer } from './staff-fixture.js';

interface Minted {
  readonly order: string;
  readonly numbers: string[];
  readonly expiresAt: number;
}

type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<HttpAnswer>;

const HOUR = 3600;

let staff: StaffServer;
let operator: Person;
let authority: string;
let issuer: Person;
let manager: Person;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
  issuer = await staff.member(operator, authority, 'issuer');
  manager = await staff.member(operator, authority, 'manager');
});
afterAll(() => staff.close());

const sending = ({ browser }: Person): Send => browser.send.bind(browser);

/** A laboratory system of the authority. */
async function laboratory(of = authority, more: object = {}): Promise<Send> {
  const { text } = await staff.apiKey(operator, of, more);
  return (method, path, body, headers = {}) =>
    staff.browser().send(method, path, body, { authorization: `Bearer ${text}`, ...headers });
}

const order = (send: Send, more: object = {}, headers: Record<string, string> = {}) =>
  send('POST', '/admin/v1/permission-numbers', { requestId: randomUUID(), count: 1, ...more }, headers);

async function mint(send: Send, more: object = {}): Promise<Minted> {
  const answer = await order(send, more);
  if (answer.status !== 201) throw new Error(answer.body.toString());
  return json<Minted>(answer);
}

const revoke = (send: Send, what: object) => send('POST', '/admin/v1/permission-numbers/revocations', what);

const report = async (number: string) =>
  (await staff.server.report({ groups: [{ cell: 0n, cens: randomCens(3) }], number })).status;

describe('minting', () => {
  it('answers an issuer and a key numbers that can be used once each', async () => {
    for (const send of [sending(issuer), await laboratory()]) {
      const answer = await order(send, { count: 2, validityHours: 1 });
      expect([answer.status, answer.headers['cache-control']]).toEqual([201, 'no-store']);
      const { numbers, expiresAt } = json<Minted>(answer);
      expect(numbers).toEqual([expect.stringMatching(/^\d{12}$/), expect.stringMatching(/^\d{12}$/)]);
      expect(expiresAt % HOUR).toBe(0);
      expect(expiresAt - (await staff.server.now())).toBeLessThanOrEqual(2 * HOUR);
      expect([await report(numbers[0]), await report(numbers[1]), await report(numbers[0])]).toEqual([202, 202, 403]);
    }
  });

  it('gives the same answer for the same request, twenty times at once', async () => {
    const send = await laboratory();
    const wanted = { requestId: randomUUID(), count: 50 };
    const before = await staff.server.rows<{ n: string }>('SELECT count(*) AS n FROM permission_number');
    const answers = await Promise.all(Array.from({ length: 20 }, () => order(send, wanted)));
    const bodies = new Set(answers.map(({ status, body }) => `${status} ${body.toString()}`));
    expect([...bodies]).toEqual([expect.stringMatching(/^201 /)]);
    const after = await staff.server.rows<{ n: string }>('SELECT count(*) AS n FROM permission_number');
    expect(Number(after[0].n) - Number(before[0].n)).toBe(50);
  });

  it('gives nobody else the numbers of a request id, not in the same authority either', async () => {
    const wanted = { requestId: randomUUID(), count: 3 };
    const first = await mint(sending(issuer), wanted);
    const colleague = sending(await staff.member(operator, authority, 'issuer'));
    const elsewhere = await laboratory(await staff.authority(operator));
    for (const send of [colleague, await laboratory(), elsewhere]) {
      const theirs = await mint(send, { ...wanted, count: 4 });
      expect(theirs.order).not.toBe(first.order);
      expect(theirs.numbers.filter((number) => first.numbers.includes(number))).toEqual([]);
    }
    expect(await mint(sending(issuer), wanted)).toEqual(first);
  });

  it('refuses the same request id with another count', async () => {
    const wanted = { requestId: randomUUID(), count: 3 };
    await mint(sending(issuer), wanted);
    const answer = await order(sending(issuer), { ...wanted, count: 4 });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'request-id-reused']);
  });

  it.each([
    ['a name', { name: 'Jane Roe' }, ''],
    ['a case number', { caseNumber: '2031-0012' }, ''],
    ['a note', { note: 'x' }, ''],
    ['text as its id', { requestId: 'Jane Roe' }, '/requestId'],
    ['no number', { count: 0 }, '/count'],
    ['1,001 numbers', { count: 1001 }, '/count'],
    ['half a number', { count: 1.5 }, '/count'],
    ['numbers for no time', { validityHours: 0 }, '/validityHours'],
    ['numbers for more than a week', { validityHours: 169 }, '/validityHours'],
  ])('refuses an order with %s, and says where', async (_, more, pointer) => {
    const answer = await order(sending(issuer), more);
    expect(answer.status).toBe(422);
    expect(parse(answer)).toMatchObject({ code: 'invalid-input', errors: [{ pointer }] });
  });

  it('needs the CSRF token of a session', async () => {
    const answer = await order(sending(issuer), {}, { 'x-cen-csrf': '' });
    expect(codeOf(answer)).toBe('csrf-refused');
  });

  it('answers a list for spreadsheets, which keep its leading zeros and find no formula', async () => {
    const wanted = { requestId: randomUUID(), count: 200 };
    const { numbers, expiresAt } = await mint(sending(issuer), wanted);
    expect(numbers.some((number) => number.startsWith('0'))).toBe(true);
    const { status, headers, body } = await order(sending(issuer), wanted, { accept: 'text/csv' });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      201,
      'text/csv; charset=utf-8; header=present',
      'no-store',
    ]);
    const [title, ...lines] = body.toString().split('\r\n');
    expect([title, lines.pop()]).toEqual(['number,valid_until', '']);
    expect(lines.map((line) => line.split(',')[0].replaceAll('-', ''))).toEqual(numbers);
    expect(new Set(lines.map((line) => Date.parse(line.split(',')[1]) / 1000))).toEqual(new Set([expiresAt]));
    for (const cell of lines.flatMap((line) => line.split(','))) expect(cell).toMatch(/^(\d{4}-\d{4}-\d{4}|2031.*Z)$/);
  });

  it('answers sheets to be printed, in the language of the authority', async () => {
    await operator.browser.send('PATCH', `/admin/v1/authorities/${authority}`, { language: 'it' });
    const wanted = { requestId: randomUUID(), count: 9 };
    const { numbers } = await mint(sending(issuer), wanted);
    const { status, headers, body } = await order(sending(issuer), wanted, { accept: 'application/pdf' });
    expect([status, headers['content-type'], headers['cache-control'], headers['content-disposition']]).toEqual([
      201,
      'application/pdf',
      'no-store',
      'attachment; filename="permission-numbers.pdf"',
    ]);
    const lines = readPdf(body).pages.flatMap((page) => page.lines.map(({ text }) => text));
    expect(lines).toContain('Il suo numero di autorizzazione');
    for (const number of numbers) expect(lines).toContain(number.replace(/(.{4})(?=.)/g, '$1 '));
  });

  it('mints nothing when it cannot answer as it is asked to', async () => {
    const before = await staff.server.rows('SELECT FROM permission_order');
    const answer = await order(sending(issuer), {}, { accept: 'image/png' });
    expect([answer.status, codeOf(answer)]).toEqual([406, 'not-acceptable']);
    expect(await staff.server.rows('SELECT FROM permission_order')).toHaveLength(before.length);
  });
});

describe('revoking', () => {
  it('makes a number of the authority worthless, whoever minted it', async () => {
    const { numbers } = await mint(await laboratory(), { count: 3 });
    const [one, other, third] = numbers;
    expect((await revoke(sending(issuer), { number: one })).status).toBe(204);
    expect((await revoke(sending(manager), { number: other.replace(/(.{4})(?=.)/g, '$1-') })).status).toBe(204);
    expect([await report(one), await report(other), await report(third)]).toEqual([403, 403, 202]);
  });

  it('answers the same whatever became of the number', async () => {
    const { numbers } = await mint(sending(issuer), { count: 3, validityHours: 1 });
    const foreign = await mint(await laboratory(await staff.authority(operator)), { count: 1 });
    await report(numbers[0]);
    await revoke(sending(issuer), { number: numbers[1] });
    const answers = [
      await revoke(sending(issuer), { number: numbers[0] }),
      await revoke(sending(issuer), { number: numbers[1] }),
      await revoke(sending(issuer), { number: numbers[2] }),
      await revoke(sending(issuer), { number: '000000000000' }),
      await revoke(sending(issuer), { number: foreign.numbers[0] }),
      await revoke(sending(issuer), { order: foreign.order }),
      await revoke(sending(issuer), { order: randomUUID() }),
    ].map(({ status, headers: { date: _, ...headers }, body }) => ({ status, headers, body: body.toString() }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0].status).toBe(204);
    expect(await report(foreign.numbers[0])).toBe(202);
  });

  it('takes an order of its own, and from a manager any of the authority', async () => {
    const laboratoryOne = await laboratory();
    const orders = [await mint(sending(issuer)), await mint(laboratoryOne), await mint(sending(issuer))];
    await revoke(sending(issuer), { order: orders[1].order });
    await revoke(laboratoryOne, { order: orders[0].order });
    expect(await report(orders[0].numbers[0])).toBe(202);
    expect(await report(orders[1].numbers[0])).toBe(202);

    const more = [await mint(sending(issuer), { count: 2 }), await mint(laboratoryOne, { count: 2 })];
    await revoke(sending(issuer), { order: more[0].order });
    await revoke(sending(manager), { order: more[1].order });
    for (const number of more.flatMap(({ numbers }) => numbers)) expect(await report(number)).toBe(403);
    expect(await report(orders[2].numbers[0])).toBe(202);
  });

  it('is not undone by repeating the order, which does not show what was revoked or used either', async () => {
    const wanted = { requestId: randomUUID(), count: 3 };
    const first = await mint(sending(issuer), wanted);
    await report(first.numbers[0]);
    await revoke(sending(issuer), { number: first.numbers[1] });
    expect(await mint(sending(issuer), wanted)).toEqual(first);
    expect(await report(first.numbers[1])).toBe(403);
    await revoke(sending(issuer), { order: first.order });
    expect(await mint(sending(issuer), wanted)).toEqual(first);
    expect(await report(first.numbers[2])).toBe(403);
  });

  it('of one order by ten at once, while it is being used, gives everybody an answer', async () => {
    const { order: id, numbers } = await mint(sending(issuer), { count: 300 });
    const statuses = await Promise.all([
      ...Array.from({ length: 10 }, async () => (await revoke(sending(issuer), { order: id })).status),
      ...numbers.slice(0, 10).map(report),
    ]);
    expect(new Set(statuses.slice(0, 10))).toEqual(new Set([204]));
    for (const status of statuses.slice(10)) expect([202, 403]).toContain(status);
    expect(await report(numbers[299])).toBe(403);
  });

  it.each([
    ['a typing error', { number: '123456789012' }, '/number'],
    ['too short a number', { number: '12345' }, '/number'],
    ['nothing', {}, ''],
    ['both at once', { number: '000000000000', order: randomUUID() }, ''],
    ['a reason', { number: '000000000000', reason: 'Jane Roe' }, ''],
  ])('refuses %s', async (_, what, pointer) => {
    const answer = await revoke(sending(issuer), what);
    expect(answer.status).toBe(422);
    expect(parse(answer)).toMatchObject({ code: 'invalid-input', errors: [{ pointer }] });
  });
});

describe('the list of orders', () => {
  const list = async (person: Person, of: string, query = '') =>
    parse<{ orders: Record<string, unknown>[] }>(
      await person.browser.send('GET', `/admin/v1/authorities/${of}/permission-orders${query}`),
    ).orders;

  it('shows a manager all of the authority and an issuer its own, newest first, without numbers', async () => {
    const own = await staff.authority(operator);
    const [chief, one, other] = [
      await staff.member(operator, own, 'manager'),
      await staff.member(operator, own, 'issuer'),
      await staff.member(operator, own, 'issuer'),
    ];
    const key = await staff.apiKey(operator, own);
    const bearer: Send = (method, path, body) =>
      staff.browser().send(method, path, body, { authorization: `Bearer ${key.text}` });
    const minted = [
      await mint(sending(one), { count: 2, validityHours: 3 }),
      await mint(sending(other), { count: 3, validityHours: 2 }),
      await mint(bearer, { count: 4, validityHours: 1 }),
    ];
    const createdOn = new Date((await staff.server.now()) * 1000).toISOString().slice(0, 10);
    const summary = (index: number, kind: string, id: string) => ({
      order: minted[index].order,
      count: minted[index].numbers.length,
      createdOn,
      expiresAt: minted[index].expiresAt,
      mintedBy: { kind, id },
    });
    const all = [summary(0, 'member', one.id), summary(1, 'member', other.id), summary(2, 'key', key.id)];
    expect(await list(chief, own)).toEqual(all);
    expect(await list(one, own)).toEqual([all[0]]);
    expect(await list(other, own)).toEqual([all[1]]);

    const pages = [await list(chief, own, '?limit=2'), await list(chief, own, `?limit=2&after=${minted[1].order}`)];
    expect(pages).toEqual([all.slice(0, 2), all.slice(2)]);
    expect(await list(chief, own, `?after=${randomUUID()}`)).toEqual([]);
    // Another authority's order as the place to go on from tells nothing of it.
    const foreign = await mint(sending(issuer));
    expect(await list(chief, own, `?after=${foreign.order}`)).toEqual([]);
  });
});

describe('quotas', () => {
  const quota = async (send: Send) => parse(await send('GET', '/admin/v1/quota'));

  it('let through exactly as many as they say, whatever the concurrency, and tell when they end', async () => {
    const own = await staff.authority(operator);
    await operator.browser.send('PATCH', `/admin/v1/authorities/${own}`, { dailyQuota: 25 });
    const [one, other] = [await laboratory(own, { dailyQuota: 15 }), await laboratory(own)];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => order(index % 2 ? one : other, { count: 2 })),
    );
    const through = answers.filter(({ status }) => status === 201);
    expect(through).toHaveLength(12);
    const refusals = answers.filter(({ status }) => status !== 201);
    expect(new Set(refusals.map(codeOf))).toEqual(new Set(['quota-exceeded']));
    const [refused] = refusals;
    expect(refused.status).toBe(429);
    const untilMidnight = 86_400 - ((await staff.server.now()) % 86_400);
    expect(Math.abs(Number(refused.headers['retry-after']) - untilMidnight)).toBeLessThan(60);

    const state = [await quota(one), await quota(other)] as { own: { used: number }; authority: object }[];
    expect(state[0]).toMatchObject({ own: { limit: 15 }, authority: { limit: 25, used: 24 } });
    expect(state[1]).toMatchObject({ own: { limit: null }, authority: { limit: 25, used: 24 } });
    expect(state[0].own.used + state[1].own.used).toBe(24);
    expect(state[0].own.used).toBeLessThanOrEqual(14);
  });

  it('say what is left, count an order whole or not at all, and a repeated one once', async () => {
    const send = await laboratory(await staff.authority(operator), { dailyQuota: 10 });
    const wanted = { requestId: randomUUID(), count: 7 };
    const first = await mint(send, wanted);
    const refused = await order(send, { count: 4 });
    expect(parse(refused)).toMatchObject({ detail: 'Of the 10 numbers that you may mint today, 3 are left.' });
    expect(await mint(send, wanted)).toEqual(first);
    await mint(send, { count: 3 });
    expect(await mint(send, wanted)).toEqual(first);
    expect(await quota(send)).toMatchObject({ own: { limit: 10, used: 10 }, authority: { limit: null, used: 10 } });
  });

  it('begin anew at 00:00 UTC', async () => {
    const send = await laboratory(await staff.authority(operator), { dailyQuota: 1 });
    await mint(send);
    expect((await order(send)).status).toBe(429);
    const { resetsAt, day } = (await quota(send)) as { resetsAt: number; day: string };
    expect(new Date((resetsAt - 1) * 1000).toISOString()).toBe(`${day}T23:59:59.000Z`);
    await staff.server.moveClockTo(resetsAt);
    await mint(send);
    expect(await quota(send)).toMatchObject({ own: { used: 1 }, resetsAt: resetsAt + 86_400 });
    for (const person of [operator, manager, issuer]) await staff.signIn(person, person.browser);
  });

  it('of 0 lets nothing be minted', async () => {
    expect((await order(await laboratory(authority, { dailyQuota: 0 }))).status).toBe(429);
  });
});

describe('the log', () => {
  it('has every order and revocation, and no number or digest', async () => {
    const own = await staff.authority(operator);
    const auditor = await staff.member(operator, own, 'auditor');
    const chief = await staff.member(operator, own, 'manager');
    const key = await staff.apiKey(operator, own);
    const bearer: Send = (method, path, body) =>
      staff.browser().send(method, path, body, { authorization: `Bearer ${key.text}` });
    const wanted = { requestId: randomUUID(), count: 5 };
    const { order: id, numbers } = await mint(bearer, wanted);
    await mint(bearer, wanted);
    await revoke(bearer, { number: numbers[0] });
    await revoke(sending(chief), { order: id });
    const log = (await auditor.browser.send('GET', `/admin/v1/authorities/${own}/audit?limit=3`)).body.toString();
    expect((JSON.parse(log) as { entries: object[] }).entries).toMatchObject([
      { action: 'order.revoke', actorKind: 'member', actorId: chief.id, details: { order: id } },
      { action: 'number.revoke', actorKind: 'key', actorId: key.id, details: {} },
      { action: 'number.mint', actorKind: 'key', actorId: key.id, details: { order: id, count: 5 } },
    ]);
    for (const number of numbers) expect(log).not.toContain(number);
  });
});
