import { randomUUID } from 'node:crypto';
import { Browser, codeOf, parse, PASSWORD, type Person, StaffServer } from './staff-fixture.js';
import { Staff } from '../../../src/staff/index.js';
import { Members } from '../../../src/staff/members/members.js';

let staff: StaffServer;
let operator: Person;
let authority: string;
let manager: Person;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
  manager = await staff.member(operator, authority, 'manager');
});
afterAll(() => staff.close());

const HOUR = 3600;

const members = (id = '') => `/admin/v1/authorities/${authority}/members${id}`;
const statusOf = async (browser: Browser): Promise<number> => (await browser.send('GET', '/admin/v1/session')).status;

async function invite(login: string, role = 'issuer'): Promise<string> {
  const answer = await manager.browser.send('POST', members(), { login, role });
  return parse<{ link: { token: string } }>(answer).link.token;
}

async function confirm(person: Person): Promise<void> {
  if ((await statusOf(person.browser)) !== 200) await staff.signIn(person, person.browser);
  const body = { password: PASSWORD, code: person.nextCode() };
  await person.browser.send('POST', '/admin/v1/session/confirmation', body);
}

describe('a one-time link', () => {
  const accept = (token: string, more: object = {}) =>
    staff.browser().send('POST', '/admin/v1/invitations/acceptance', { token, password: PASSWORD, ...more });

  it('is in the fragment of its URL, which no server logs, and works once', async () => {
    const answer = await manager.browser.send('POST', members(), { login: 'first.link', role: 'issuer' });
    const { link, member } = parse<{ link: { token: string; url: string }; member: object }>(answer);
    expect(link.url).toBe(`${staff.server.config.publicUrl}/console/invitation#${link.token}`);
    expect(member).toMatchObject({ state: 'invited', lastSeenOn: null });
    const both = await Promise.all([accept(link.token), accept(link.token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(codeOf(await accept(link.token))).toBe('invitation-refused');
    const listed = parse<{ members: { login: string }[] }>(await manager.browser.send('GET', members()));
    expect(listed.members.find(({ login }) => login === 'first.link')).toMatchObject({
      state: 'active',
      lastSeenOn: new Date((await staff.server.now()) * 1000).toISOString().slice(0, 10),
    });
  });

  it('demands an authenticator of a manager, and a code that fits it', async () => {
    const token = await invite('second.manager', 'manager');
    expect(codeOf(await accept(token))).toBe('totp-required');
    const offered = await staff.browser().send('POST', '/admin/v1/invitations/offer', { token });
    const { totp } = parse<{ totp: { offer: string; secret: string } }>(offered);
    const wrong = String((Number(staff.codeNow(totp.secret)) + 1) % 1_000_000).padStart(6, '0');
    expect(codeOf(await accept(token, { totp: { offer: totp.offer, code: wrong } }))).toBe('code-refused');
    const another = parse<{ totp: { offer: string } }>(
      await staff
        .browser()
        .send('POST', '/admin/v1/invitations/offer', { token: await invite('third.manager', 'manager') }),
    );
    const foreign = { offer: another.totp.offer, code: staff.codeNow(totp.secret) };
    expect(codeOf(await accept(token, { totp: foreign }))).toBe('code-refused');
    expect((await accept(token, { totp: { offer: totp.offer, code: staff.codeNow(totp.secret) } })).status).toBe(200);
  });

  it('refuses a common password and is not spent by it', async () => {
    const token = await invite('weak.password');
    const refused = await accept(token, { password: 'Password12345!' });
    expect(parse(refused)).toMatchObject({
      code: 'password-refused',
      detail: expect.stringContaining('common') as string,
    });
    expect((await accept(token)).status).toBe(200);
  });

  it('takes no more than it asks for: there is no field for a name', async () => {
    const answer = await manager.browser.send('POST', members(), {
      login: 'a.b.c',
      role: 'issuer',
      name: 'Ada Lovelace',
    });
    expect(codeOf(answer)).toBe('invalid-input');
    expect(codeOf(await manager.browser.send('POST', members(), { login: 'ada@example.org', role: 'issuer' }))).toBe(
      'invalid-input',
    );
  });

  it('cannot make an operator, nor take a login that another authority has', async () => {
    expect(codeOf(await manager.browser.send('POST', members(), { login: 'x.y.z', role: 'operator' }))).toBe(
      'invalid-input',
    );
    expect(
      codeOf(await manager.browser.send('POST', members(), { login: operator.login.toUpperCase(), role: 'issuer' })),
    ).toBe('name-taken');
  });

  it('expires after three days', async () => {
    const token = await invite('too.late');
    await staff.server.moveClock(72 * HOUR);
    expect(codeOf(await accept(token))).toBe('invitation-refused');
    await confirm(manager);
    await confirm(operator);
  });
});

describe('a lost authenticator', () => {
  it('takes a second person: the old way in is closed, and a new link opens one', async () => {
    const person = await staff.member(manager, authority, 'issuer');
    await confirm(manager);
    const answer = await manager.browser.send('POST', members(`/${person.id}/reset`));
    expect(parse(answer)).toMatchObject({ member: { state: 'invited', totp: false } });
    expect(await statusOf(person.browser)).toBe(401);
    expect((await staff.signIn(person, staff.browser())).status).toBe(401);
    expect((await staff.signIn(person, staff.browser(), { code: person.recoveryCodes[0] })).status).toBe(401);
    const again = await staff.accept(parse<{ link: { token: string } }>(answer).link.token);
    expect(again.id).toBe(person.id);
    expect(await statusOf(again.browser)).toBe(200);
  });

  it('is not for oneself to reset, and not without giving one’s own password', async () => {
    await confirm(manager);
    expect(codeOf(await manager.browser.send('POST', members(`/${manager.id}/reset`)))).toBe('not-on-yourself');
    const person = await staff.member(manager, authority, 'issuer');
    await staff.server.moveClock(300);
    expect(codeOf(await manager.browser.send('POST', members(), { login: 'somebody', role: 'manager' }))).toBe(
      'confirmation-required',
    );
    expect(codeOf(await manager.browser.send('POST', members(`/${person.id}/reset`)))).toBe('confirmation-required');
  });

  it('of the last operator is mended at the machine', async () => {
    const { link, member } = await staff.server.app.get(Staff).resetOperator(operator.login);
    expect(member.id).toBe(operator.id);
    expect(await statusOf(operator.browser)).toBe(401);
    operator = await staff.accept(link.token);
    expect(await statusOf(operator.browser)).toBe(200);
  });
});

describe('a member', () => {
  it('who is disabled, or whose authority is, is out at once, and in again when that is undone', async () => {
    await confirm(manager);
    const person = await staff.member(manager, authority, 'auditor');
    const disable = (disabled: boolean) => manager.browser.send('PATCH', members(`/${person.id}`), { disabled });
    expect(parse(await disable(true))).toMatchObject({ disabled: true });
    expect(await statusOf(person.browser)).toBe(401);
    expect((await staff.signIn(person, person.browser)).status).toBe(401);
    await disable(false);
    expect((await staff.signIn(person, person.browser)).status).toBe(200);

    const ofAuthority = (disabled: boolean) =>
      operator.browser.send('PATCH', `/admin/v1/authorities/${authority}`, { disabled });
    await ofAuthority(true);
    expect(await statusOf(person.browser)).toBe(401);
    expect((await staff.signIn(person, staff.browser())).status).toBe(401);
    await ofAuthority(false);
    expect(await statusOf(person.browser)).toBe(200);
  });

  it('gets a role that needs an authenticator only with one, and is signed out by it', async () => {
    await confirm(manager);
    const person = await staff.member(manager, authority, 'issuer', false);
    const change = (role: string) => manager.browser.send('PATCH', members(`/${person.id}`), { role });
    expect(codeOf(await change('manager'))).toBe('totp-required');
    expect((await change('auditor')).status).toBe(200);
    expect(await statusOf(person.browser)).toBe(401);
  });

  it('of another authority is not found in this one', async () => {
    const elsewhere = await staff.member(operator, await staff.authority(operator), 'issuer');
    await confirm(manager);
    expect(codeOf(await manager.browser.send('PATCH', members(`/${elsewhere.id}`), { disabled: true }))).toBe(
      'staff-not-found',
    );
    expect(codeOf(await manager.browser.send('POST', members(`/${elsewhere.id}/reset`)))).toBe('staff-not-found');
    expect(codeOf(await manager.browser.send('POST', members(`/${operator.id}/reset`)))).toBe('staff-not-found');
  });

  it('changes its password, which ends its other sessions', async () => {
    const person = await staff.member(manager, authority, 'issuer');
    const other = staff.browser();
    await staff.signIn(person, other);
    const put = (password: string) => other.send('PUT', '/admin/v1/account/password', { password });
    expect(codeOf(await put(`my ${person.login} password`))).toBe('password-refused');
    expect((await put('another four words here')).status).toBe(204);
    expect([await statusOf(other), await statusOf(person.browser)]).toEqual([200, 401]);
    expect((await staff.signIn(person, person.browser)).status).toBe(401);
    expect((await staff.signIn(person, person.browser, { password: 'another four words here' })).status).toBe(200);
  });

  it('moves to another authenticator, or does without where its role allows', async () => {
    const person = await staff.member(manager, authority, 'issuer');
    const offer = parse<{ secret: string; offer: string }>(
      await person.browser.send('POST', '/admin/v1/account/totp/offer'),
    );
    const code = staff.code(offer.secret);
    const put = await person.browser.send('PUT', '/admin/v1/account/totp', { offer: offer.offer, code });
    expect(parse<{ recoveryCodes: string[] }>(put).recoveryCodes).toHaveLength(10);
    expect((await staff.signIn(person, staff.browser())).status).toBe(401);
    expect((await staff.signIn(person, staff.browser(), { code: staff.code(offer.secret) })).status).toBe(200);

    expect((await person.browser.send('DELETE', '/admin/v1/account/totp')).status).toBe(204);
    const login = { login: person.login, password: PASSWORD };
    expect((await staff.browser('198.51.100.9').send('POST', '/admin/v1/session', login)).status).toBe(200);
    expect(codeOf(await operator.browser.send('DELETE', '/admin/v1/account/totp'))).toBe('totp-required');
  });
});

test('two operators who disable each other at once do not leave the system without one', async () => {
  const alone = await StaffServer.start();
  try {
    const [one, other] = [await alone.operator(), await alone.operator()];
    const disable = (by: Person, whom: Person) =>
      by.browser.send('PATCH', `/admin/v1/operators/${whom.id}`, { disabled: true });
    const answers = await Promise.all([disable(one, other), disable(other, one)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const active = await alone.server.rows<{ id: string }>(`SELECT id FROM member WHERE disabled_at IS NULL`);
    expect(active).toHaveLength(1);

    // What the later of the two meets whose request was let in before it was disabled itself.
    const late = {
      kind: 'member',
      id: randomUUID(),
      sessionId: randomUUID(),
      role: 'operator',
      authorityId: undefined,
    } as const;
    const members = alone.server.app.get(Members, { strict: false });
    await expect(members.change(late, 'operators', active[0].id, { disabled: true })).rejects.toMatchObject({
      code: 'last-operator',
    });
  } finally {
    await alone.close();
  }
});

test('the first operator of a development gets a fresh link at each start until somebody has used one', async () => {
  const fresh = await StaffServer.start();
  try {
    const facade = fresh.server.app.get(Staff);
    const first = await facade.ensureFirstOperator('operator');
    const second = await facade.ensureFirstOperator('operator');
    const old = await fresh.browser().send('POST', '/admin/v1/invitations/offer', { token: first!.link.token });
    expect(codeOf(old)).toBe('invitation-refused');
    await fresh.accept(second!.link.token);
    expect(await facade.ensureFirstOperator('operator')).toBeUndefined();
  } finally {
    await fresh.close();
  }
});
