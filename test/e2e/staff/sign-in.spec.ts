import { Browser, codeOf, parse, PASSWORD, type Person, sha256, StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let operator: Person;
let authority: string;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
});
afterAll(() => staff.close());

const MINUTE = 60;
const HOUR = 3600;

/** A member with a signed-in browser. */
const member = (withTotp = true): Promise<Person> => staff.member(operator, authority, 'issuer', withTotp);
const session = (browser: Browser) => browser.send('GET', '/admin/v1/session');
const statusOf = async (browser: Browser): Promise<number> => (await session(browser)).status;

/** Signs the operator in again where a test has moved the clock. */
async function keepOperator(): Promise<void> {
  if ((await statusOf(operator.browser)) !== 200) await staff.signIn(operator, operator.browser);
}
beforeEach(keepOperator);

describe('signing in', () => {
  it('takes login, password and code, and sets a cookie that no script reads and no other site sends', async () => {
    const person = await member();
    const answer = await staff.signIn(person, staff.browser());
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    for (const cookie of [answer.headers['set-cookie']].flat().map(String))
      expect(cookie).toMatch(/^cen(-device)?=[\w-]{43}; (Max-Age=\d+; )?Path=\/; HttpOnly; SameSite=Strict$/);
    expect(parse(answer)).toMatchObject({
      member: { login: person.login, role: 'issuer', totp: true },
      idleSeconds: 1200,
      serverTime: expect.any(Number) as number,
    });
  });

  it('refuses whatever is wrong with one and the same answer', async () => {
    const person = await member();
    const attempts = [
      staff.signIn(person, staff.browser('198.51.100.1'), { password: 'four words nobody knows' }),
      staff.signIn(person, staff.browser('198.51.100.2'), { code: '000000' }),
      staff.signIn({ ...person, login: 'nobody.at.all' }, staff.browser('198.51.100.3')),
      staff.browser('198.51.100.4').send('POST', '/admin/v1/session', { login: person.login, password: PASSWORD }),
    ];
    const answers = await Promise.all(attempts);
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
    expect(answers.map(codeOf)).toEqual(Array(4).fill('sign-in-refused'));
    expect(answers.map(({ headers }) => headers['set-cookie'])).toEqual(Array(4).fill(undefined));
  });

  it('takes an authenticator’s code once, also from ten browsers at once', async () => {
    const person = await member();
    const code = person.nextCode();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => staff.signIn(person, staff.browser(`198.51.${i}.1`), { code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(401)]);
    expect(codeOf(await staff.signIn(person, staff.browser('198.51.99.1'), { code }))).toBe('sign-in-refused');
  });

  it('takes a recovery code instead, in any spelling, once', async () => {
    const person = await member();
    expect(person.recoveryCodes).toHaveLength(10);
    const code = person.recoveryCodes[3].toUpperCase().replaceAll('-', ' ');
    const answer = await staff.signIn(person, staff.browser(), { code });
    expect(parse(answer)).toMatchObject({ member: { recoveryCodesLeft: 9 } });
    expect((await staff.signIn(person, staff.browser(), { code })).status).toBe(401);
  });

  it('needs no code of a member who has set none up', async () => {
    const person = await member(false);
    const answer = await staff.browser().send('POST', '/admin/v1/session', { login: person.login, password: PASSWORD });
    expect(answer.status).toBe(200);
  });

  it('keeps no password, code, secret, address or agent in the database', async () => {
    const person = await member();
    const browser = staff.browser('198.51.100.77');
    await browser.send('GET', '/admin/v1/session', undefined, { 'user-agent': 'TellTale/1.0' });
    await staff.signIn(person, browser, { password: 'a wrong one entirely' });
    await staff.signIn(person, browser);
    const tables = await staff.server.rows<{ text: string }>(
      `SELECT string_agg(t::text, ' ') AS text FROM (
         SELECT m::text AS t FROM member m UNION ALL SELECT s::text FROM staff_session s UNION ALL
         SELECT d::text FROM known_device d UNION ALL SELECT f::text FROM sign_in_failure f UNION ALL
         SELECT r::text FROM recovery_code r UNION ALL SELECT a::text FROM audit_entry a) AS everything`,
    );
    const text = tables[0].text;
    expect(text).toContain(sha256(browser.cookie('cen')!).toString('hex'));
    expect(text).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const secret of [browser.cookie('cen')!, browser.cookie('cen-device')!, PASSWORD, 'TellTale', '198.51.100'])
      expect(text).not.toContain(secret);
  });
});

describe('a session', () => {
  it('ends after 20 idle minutes, and stays while it is used', async () => {
    const { browser } = await member();
    await staff.server.moveClock(19 * MINUTE);
    expect(await statusOf(browser)).toBe(200);
    await staff.server.moveClock(19 * MINUTE);
    expect(await statusOf(browser)).toBe(200);
    await staff.server.moveClock(20 * MINUTE);
    expect(codeOf(await session(browser))).toBe('sign-in-required');
  });

  it('ends after 12 hours, however much it is used', async () => {
    const { browser } = await member();
    for (let quarter = 0; quarter < 47; quarter++) {
      await staff.server.moveClock(HOUR / 4);
      if (quarter % 6 === 5 || quarter === 46) expect(await statusOf(browser)).toBe(200);
      else await session(browser);
    }
    await staff.server.moveClock(HOUR / 4);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is listed, and ended from another one, or with all', async () => {
    const person = await member();
    const other = staff.browser();
    await staff.signIn(person, other);
    const { sessions } = parse<{ sessions: { id: string; current: boolean }[] }>(
      await person.browser.send('GET', '/admin/v1/sessions'),
    );
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const theOther = sessions.find(({ current }) => !current)!.id;
    expect((await operator.browser.send('DELETE', `/admin/v1/sessions/${theOther}`)).status).toBe(404);
    expect((await person.browser.send('DELETE', `/admin/v1/sessions/${theOther}`)).status).toBe(204);
    expect(await statusOf(other)).toBe(401);

    await staff.signIn(person, other);
    expect((await other.send('DELETE', '/admin/v1/sessions')).status).toBe(204);
    expect([await statusOf(other), await statusOf(person.browser)]).toEqual([401, 401]);
  });

  it('is gone after signing out, also for who kept the cookie', async () => {
    const { browser } = await member();
    const kept = browser.cookie('cen')!;
    expect((await browser.send('DELETE', '/admin/v1/session')).status).toBe(204);
    browser.setCookie('cen', kept);
    expect(await statusOf(browser)).toBe(401);
  });
});

describe('a state change', () => {
  const change = (browser: Browser, headers: Record<string, string> = {}) =>
    browser.send('POST', '/admin/v1/account/totp/offer', undefined, headers);

  it('needs the token of its own session', async () => {
    const [one, other] = [await member(), await member()];
    expect((await change(one.browser)).status).toBe(200);
    for (const token of [undefined, '', 'x'.repeat(43), other.browser.csrf]) {
      one.browser.csrf = token;
      expect(codeOf(await change(one.browser))).toBe('csrf-refused');
    }
  });

  it.each([
    ['another site by its Origin', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site by Fetch Metadata', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s, signing in included', async (_, headers) => {
    const person = await member();
    expect(codeOf(await change(person.browser, headers))).toBe('csrf-refused');
    const login = { login: person.login, password: PASSWORD, code: person.nextCode() };
    expect(codeOf(await staff.browser().send('POST', '/admin/v1/session', login, headers))).toBe('csrf-refused');
  });

  it('is taken from the site itself', async () => {
    const { browser } = await member();
    const origin = `http://127.0.0.1:${staff.server.port}`;
    expect((await change(browser, { origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('is not offered to other origins', async () => {
    const answer = await staff.browser().send('OPTIONS', '/admin/v1/session', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a dangerous act', () => {
  it('needs password and code again five minutes after they were given', async () => {
    const person = await member();
    const act = () => person.browser.send('POST', '/admin/v1/account/recovery-codes');
    expect((await act()).status).toBe(200);
    await staff.server.moveClock(5 * MINUTE);
    expect(codeOf(await act())).toBe('confirmation-required');

    const confirm = (body: object) => person.browser.send('POST', '/admin/v1/session/confirmation', body);
    expect(codeOf(await confirm({ password: 'not that', code: person.nextCode() }))).toBe('sign-in-refused');
    expect(codeOf(await confirm({ password: PASSWORD }))).toBe('sign-in-refused');
    expect(codeOf(await act())).toBe('confirmation-required');
    expect((await confirm({ password: PASSWORD, code: person.nextCode() })).status).toBe(204);
    expect((await act()).status).toBe(200);
  });
});
