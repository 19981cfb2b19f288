import { codeOf, PASSWORD, type Person, StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let operator: Person;
let authority: string;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
});
afterAll(() => staff.close());

const WRONG = { password: 'not that one either' };

/** A member whose own browser has been put away. */
const member = (): Promise<Person> => staff.member(operator, authority, 'issuer', false);

const tryFrom = (address: string, login: string, password: string) =>
  staff.browser(address).send('POST', '/admin/v1/session', { login, password });

async function failures(address: string, login: string, count: number): Promise<number> {
  for (let i = 0; i < count; i++) {
    const answer = await tryFrom(address, login, WRONG.password);
    if (answer.status === 429) return i;
  }
  return count;
}

describe('guessing from one network', () => {
  it('is slowed down after five failures, twice as much with each more, also for the right password', async () => {
    const { login } = await member();
    expect(await failures('198.51.100.1', login, 20)).toBe(5);
    const waits: number[] = [];
    for (let round = 0; round < 5; round++) {
      const refused = await tryFrom('198.51.100.200', login, PASSWORD);
      expect(codeOf(refused)).toBe('sign-in-delayed');
      const wait = Number(refused.headers['retry-after']);
      waits.push(wait);
      await staff.server.moveClock(wait);
      expect((await tryFrom('198.51.100.1', login, WRONG.password)).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16]);
  });

  it('gets no further with a hundred requests at once', async () => {
    const { login } = await member();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => tryFrom('198.51.101.1', login, WRONG.password)),
    );
    // Five, and one or two more where the hundred took longer than the first waits.
    const looked = answers.filter(({ status }) => status === 401).length;
    expect(looked).toBeGreaterThanOrEqual(5);
    expect(looked).toBeLessThanOrEqual(8);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - looked);
  });

  it('is answered alike where there is no such account', async () => {
    expect(await failures('198.51.102.1', 'nobody.of.this.name', 20)).toBe(5);
  });

  it('is forgiven after the right password', async () => {
    const { login } = await member();
    expect(await failures('198.51.103.1', login, 4)).toBe(4);
    expect((await tryFrom('198.51.103.1', login, PASSWORD)).status).toBe(200);
    expect(await failures('198.51.103.1', login, 4)).toBe(4);
  });

  it('is slowed down on many accounts, too', async () => {
    let refused = 0;
    for (let i = 0; i < 110; i++) {
      if ((await tryFrom('198.51.104.1', `account.${i}`, WRONG.password)).status === 429) refused += 1;
    }
    expect(refused).toBeGreaterThanOrEqual(5);
    expect(refused).toBeLessThanOrEqual(10);
  }, 60_000);
});

describe('strangers who fail on an account', () => {
  it('do not keep its owner out: neither from another network, nor from a browser that has signed in before', async () => {
    const person = await member();
    for (let network = 0; network < 12; network++) await failures(`192.0.${network}.1`, person.login, 6);
    const fromHome = await tryFrom('203.0.113.99', person.login, PASSWORD);
    expect(fromHome.status).toBe(200);

    for (let i = 0; i < 12; i++) {
      await tryFrom('192.0.3.1', person.login, WRONG.password);
      await staff.server.moveClock(60);
    }
    person.browser.address = '192.0.3.1';
    await person.browser.send('DELETE', '/admin/v1/session');
    expect(person.browser.cookie('cen-device')).toBeDefined();
    const known = await person.browser.send('POST', '/admin/v1/session', { login: person.login, password: PASSWORD });
    expect(known.status).toBe(200);
    expect((await tryFrom('192.0.3.1', person.login, PASSWORD)).status).toBe(429);
  });

  it('get one guess for each further network once they are many', async () => {
    const { login } = await member();
    const guesses: number[] = [];
    for (let network = 0; network < 14; network++) guesses.push(await failures(`100.64.${network}.1`, login, 6));
    expect(guesses.slice(0, 10)).toEqual(Array(10).fill(5));
    expect(guesses.slice(10)).toEqual(Array(4).fill(1));
  });

  it('cannot use somebody else’s browser for it', async () => {
    const [person, other] = [await member(), await member()];
    const browser = other.browser;
    browser.address = '198.51.105.1';
    const attempt = () => browser.send('POST', '/admin/v1/session', { login: person.login, ...WRONG });
    for (let i = 0; i < 5; i++) expect((await attempt()).status).toBe(401);
    expect((await attempt()).status).toBe(429);
  });
});

test('an unknown account takes as long to refuse as a wrong password', async () => {
  const { login } = await member();
  const quickest: Record<string, number> = { [login]: Infinity, 'nobody.here': Infinity };
  // The quickest of each: what is slower is the machine's other work, of which there may be so much that it takes some more.
  const ratio = (): number => quickest['nobody.here']! / quickest[login]!;
  for (let i = 0; i < 20 || (i < 80 && (ratio() < 0.6 || ratio() > 1.6)); i++) {
    for (const name of Object.keys(quickest)) {
      const start = performance.now();
      expect((await tryFrom(`100.100.${i}.1`, name, WRONG.password)).status).toBe(401);
      quickest[name] = Math.min(quickest[name]!, performance.now() - start);
    }
  }
  expect(ratio()).toBeGreaterThan(0.6);
  expect(ratio()).toBeLessThan(1.6);
});
