import { randomUUID } from 'node:crypto';
import { addKey } from '../../../test/support/add-key.js';
import { createPermissionsFixture, type PermissionsFixture } from '../../../test/support/permissions-fixture.js';
import type { Minter } from './minter.js';
import { numberDigest } from '../number-digest.js';

const HOUR = 3600;

let fixture: PermissionsFixture;
beforeEach(async () => {
  fixture = await createPermissionsFixture();
});
afterEach(() => fixture.close());

const order = (count = 1, validityHours?: number) => ({
  requestId: randomUUID(),
  count,
  validityHours,
});
const storedNumbers = async () =>
  Number((await fixture.rows<{ n: string }>('SELECT count(*) n FROM permission_number'))[0].n);

test('mints well-formed numbers that can be redeemed once each', async () => {
  const { numbers } = await fixture.mint(order(20));
  expect(new Set(numbers).size).toBe(20);
  for (const number of numbers) {
    expect(fixture.permissions.parseNumber(number)).toEqual({ ok: true, number });
    expect(await fixture.redeem(number)).toBe('redeemed');
    expect(await fixture.redeem(number)).toBe('refused');
  }
});

test('stores digests only: neither a number nor anything of an order leads to the other', async () => {
  const { order: id, numbers } = await fixture.mint(order(3));
  const dump = JSON.stringify(await fixture.rows("SELECT encode(digest, 'hex'), n.* FROM permission_number n"));
  for (const number of numbers) expect(dump).not.toContain(number);
  expect(dump).not.toContain(id);
  const expected = numbers.map((number) => numberDigest(number, fixture.ring.current('number-hmac')).toString('hex'));
  for (const digest of expected) expect(dump).toContain(digest);
});

test('lays the digests down in an order that says nothing of the order of the numbers', async () => {
  await fixture.mint(order(100));
  const laidDown = await fixture.rows<{ digest: string }>(
    "SELECT encode(digest, 'hex') digest FROM permission_number ORDER BY ctid",
  );
  const digests = laidDown.map(({ digest }) => digest);
  expect(digests).toEqual([...digests].sort());
});

test('the same order again gives the same numbers and inserts none', async () => {
  const wanted = order(50);
  const first = await fixture.mint(wanted);
  expect(await fixture.mint(wanted)).toEqual(first);
  expect(await storedNumbers()).toBe(50);
});

test('the same order 20 times in parallel is minted once', async () => {
  const wanted = order(50);
  const minted = await Promise.all(Array.from({ length: 20 }, () => fixture.mint(wanted)));
  for (const each of minted) expect(each).toEqual(minted[0]);
  expect(await storedNumbers()).toBe(50);
});

test('a redeemed number does not come back when its order is repeated', async () => {
  const wanted = order(2);
  const { numbers } = await fixture.mint(wanted);
  expect(await fixture.redeem(numbers[0])).toBe('redeemed');
  expect((await fixture.mint(wanted)).numbers).toEqual(numbers);
  expect(await fixture.redeem(numbers[0])).toBe('refused');
  expect(await fixture.redeem(numbers[1])).toBe('redeemed');
});

describe('the request id of somebody else', () => {
  const [authority, member] = [randomUUID(), randomUUID()];
  const minter = (change: object): Minter =>
    ({ kind: 'member', id: member, role: 'issuer', authorityId: authority, sessionId: '', ...change }) as Minter;

  test.each([
    ['another member', { id: randomUUID() }],
    ['a key', { kind: 'key', id: randomUUID(), role: 'key' }],
    ['a key of the same id', { kind: 'key', role: 'key' }],
    ['the same member in another authority', { authorityId: randomUUID() }],
    ['the command line', { kind: 'system', id: undefined, role: undefined }],
  ])('names another order for %s', async (_, change) => {
    const wanted = order(2);
    const first = await fixture.mint(wanted, minter({}));
    const other = await fixture.mint({ ...wanted, count: 3 }, minter(change));
    expect(other.order).not.toBe(first.order);
    for (const number of first.numbers) expect(other.numbers).not.toContain(number);
    expect(await fixture.mint(wanted, minter({}))).toEqual(first);
  });

  test('is stored as a hash alone', async () => {
    const wanted = order();
    await fixture.mint(wanted, minter({}));
    const dump = JSON.stringify(await fixture.rows('SELECT o::text FROM permission_order o'));
    for (const form of [wanted.requestId, wanted.requestId.replaceAll('-', '')]) expect(dump).not.toContain(form);
  });

  test('is the same in capital letters', async () => {
    const wanted = order();
    const first = await fixture.mint(wanted);
    expect(await fixture.mint({ ...wanted, requestId: wanted.requestId.toUpperCase() })).toEqual(first);
  });
});

test('refuses a request id that comes again with another count', async () => {
  const wanted = order(2);
  await fixture.mint(wanted);
  await expect(fixture.mint({ ...wanted, count: 3 })).rejects.toMatchObject({ code: 'request-id-reused' });
});

test.each([
  [{ count: 0 }, '/count'],
  [{ count: 1001 }, '/count'],
  [{ count: 1.5 }, '/count'],
  [{ validityHours: 0 }, '/validityHours'],
  [{ validityHours: 169 }, '/validityHours'],
  [{ requestId: 'order 7' }, '/requestId'],
])('refuses an order with %j', async (change, pointer) => {
  await expect(fixture.mint({ ...order(), ...change })).rejects.toMatchObject({
    code: 'invalid-order',
    errors: [{ pointer }],
  });
  expect(await storedNumbers()).toBe(0);
});

test.each([
  [1_900_000_000, 24, 1_900_086_400 + 800],
  [1_900_000_000, 1, 1_900_003_600 + 800],
  [1_900_000_800, 1, 1_900_004_400],
  [1_900_000_800.5, 168, 1_900_000_800 + 169 * HOUR],
])('at %d, %d h of validity end at %d, a whole hour', async (now, validityHours, expiresAt) => {
  await fixture.freezeClock(now);
  expect((await fixture.mint(order(1, validityHours))).expiresAt).toBe(expiresAt);
});

test('numbers are valid for the configured 24 h if the order does not say', async () => {
  await fixture.freezeClock(1_900_000_000);
  expect((await fixture.mint(order())).expiresAt).toBe(1_900_086_400 + 800);
});

test('can be repeated until 48 h after its numbers have expired, then it is a new order', async () => {
  const wanted = order();
  const first = await fixture.mint(wanted);
  await setTime(first.expiresAt + 48 * HOUR - 5);
  expect(await fixture.mint(wanted)).toEqual(first);
  await setTime(first.expiresAt + 48 * HOUR + 1);
  const second = await fixture.mint(wanted);
  expect(second.numbers).not.toEqual(first.numbers);
  expect(second.expiresAt).toBeGreaterThan(first.expiresAt);
});

test('purging keeps an order as long as it can be repeated, and a number as long as it is valid', async () => {
  const { expiresAt } = await fixture.mint(order(3));
  const purge = () => fixture.database.transaction((client) => fixture.permissions.purgeExpired(client));
  const orders = async () => (await fixture.rows('SELECT FROM permission_order')).length;
  await setTime(expiresAt - 5);
  await purge();
  expect([await storedNumbers(), await orders()]).toEqual([3, 1]);
  await setTime(expiresAt + 1);
  await purge();
  expect([await storedNumbers(), await orders()]).toEqual([0, 1]);
  await setTime(expiresAt + 48 * HOUR - 5);
  await purge();
  expect(await orders()).toBe(1);
  await setTime(expiresAt + 48 * HOUR + 1);
  await purge();
  expect(await orders()).toBe(0);
});

describe('in a space of 1,000 numbers', () => {
  test('skips numbers that are live, and remembers them for the repetition', async () => {
    const crowded = fixture.withDigits(4);
    const before = await crowded(order(600));
    const wanted = order(300);
    const { numbers } = await crowded(wanted);
    expect(new Set([...before.numbers, ...numbers]).size).toBe(900);
    expect((await crowded(wanted)).numbers).toEqual(numbers);
    expect(await storedNumbers()).toBe(900);
  });

  test('skips numbers that are live under an older key', async () => {
    const crowded = fixture.withDigits(4);
    const before = await crowded(order(600));
    const newKey = addKey(fixture.ring, 'number-hmac', fixture.ring.now() + 1);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    fixture.ring.refresh();
    expect(fixture.ring.current('number-hmac').id).toBe(newKey.id);

    const { numbers } = await crowded(order(300));
    expect(new Set([...before.numbers, ...numbers]).size).toBe(900);
    expect(await fixture.redeem(before.numbers[0])).toBe('redeemed');
    expect(await fixture.redeem(numbers[0])).toBe('redeemed');
  });

  test('gives up, leaving nothing behind, when no number is free', async () => {
    const crowded = fixture.withDigits(3);
    await expect(crowded(order(101))).rejects.toMatchObject({ code: 'number-space-exhausted' });
    expect(await storedNumbers()).toBe(0);
    expect(await fixture.rows('SELECT FROM permission_order')).toEqual([]);
  });
});

async function setTime(unixSeconds: number): Promise<void> {
  await fixture.database.pool.query(
    'UPDATE domain_clock SET offset_seconds = floor($1 - extract(epoch FROM clock_timestamp()))',
    [unixSeconds],
  );
}
