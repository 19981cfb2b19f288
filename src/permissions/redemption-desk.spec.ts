import { randomBytes, randomUUID } from 'node:crypto';
import { createPermissionsFixture, type PermissionsFixture } from '../../test/support/permissions-fixture.js';
import type { PermissionNumber } from './number-format.js';

const HOUR = 3600;

let fixture: PermissionsFixture;
beforeEach(async () => {
  fixture = await createPermissionsFixture();
});
afterEach(() => fixture.close());

const storedNumbers = async () => (await fixture.rows('SELECT FROM permission_number')).length;
const storedProofs = async () => (await fixture.rows('SELECT FROM retry_proof')).length;
const count = <T>(things: readonly T[], wanted: T) => things.filter((thing) => thing === wanted).length;

test('names the authority that minted the number', async () => {
  const [number] = await fixture.mintNumbers(1);
  const redemption = await fixture.database.transaction((client) =>
    fixture.permissions.redeem(client, number, randomBytes(16)),
  );
  expect(redemption).toEqual({ outcome: 'redeemed', authority: fixture.minter.authorityId });
});

test('of 100 parallel requests with one number exactly one redeems it', async () => {
  const [number] = await fixture.mintNumbers(1);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => fixture.redeem(number)));
  expect([count(outcomes, 'redeemed'), count(outcomes, 'refused')]).toEqual([1, 99]);
  expect(await storedNumbers()).toBe(0);
  expect(await storedProofs()).toBe(1);
});

test('of 100 parallel repetitions of one request one redeems, and all others are repeated', async () => {
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => fixture.redeem(number, key)));
  expect([count(outcomes, 'redeemed'), count(outcomes, 'repeated')]).toEqual([1, 99]);
  expect(await storedProofs()).toBe(1);
});

test('a repetition that arrives during the first request waits for it and is repeated', async () => {
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  let second: Promise<string>;
  await fixture.database.transaction(async (client) => {
    await fixture.permissions.redeem(client, number, key);
    second = fixture.redeem(number, key);
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect(await second!).toBe('repeated');
});

test('a request that arrives during one that fails gets the number', async () => {
  const [number] = await fixture.mintNumbers(1);
  let second: Promise<string>;
  const first = fixture.database.transaction(async (client) => {
    await fixture.permissions.redeem(client, number, randomBytes(16));
    second = fixture.redeem(number);
    await new Promise((resolve) => setTimeout(resolve, 200));
    throw new Error('the report could not be stored');
  });
  await expect(first).rejects.toThrow('the report could not be stored');
  expect(await second!).toBe('redeemed');
});

test('is valid up to its expiry and not from then on', async () => {
  const { numbers, expiresAt } = await fixture.mint({
    requestId: randomUUID(),
    count: 2,
  });
  await fixture.freezeClock(expiresAt - 0.001);
  expect(await fixture.redeem(numbers[0])).toBe('redeemed');
  await fixture.freezeClock(expiresAt);
  expect(await fixture.redeem(numbers[1])).toBe('refused');
});

test('wrong, used and expired numbers are refused alike', async () => {
  const [used, expired] = await fixture.mintNumbers(2);
  await fixture.redeem(used);
  await fixture.advanceClock(26 * HOUR);
  const refusals = await Promise.all(
    ['000000005724' as PermissionNumber, used, expired].map((number) =>
      fixture.database.transaction((client) => fixture.permissions.redeem(client, number, randomBytes(16))),
    ),
  );
  for (const refusal of refusals) expect(refusal).toEqual({ outcome: 'refused' });
});

test('the same request is repeated after expiry and sealing, for 48 h after the sealing and no longer', async () => {
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  await fixture.redeem(number, key);
  await fixture.advanceClock(30 * HOUR);
  expect(await fixture.redeem(number, key)).toBe('repeated');
  await fixture.sealProofs();
  await fixture.advanceClock(48 * HOUR - 5);
  expect(await fixture.redeem(number, key)).toBe('repeated');
  expect(await fixture.redeem(number)).toBe('refused');
  await fixture.advanceClock(6);
  expect(await fixture.redeem(number, key)).toBe('refused');
});

test('the key of one request proves nothing for another number', async () => {
  const [one, other] = await fixture.mintNumbers(2);
  const key = randomBytes(16);
  expect(await fixture.redeem(one, key)).toBe('redeemed');
  expect(await fixture.redeem('000000005724' as PermissionNumber, key)).toBe('refused');
  expect(await fixture.redeem(other, key)).toBe('redeemed');
});

test('a rehearsal runs the statements of a refusal and leaves no trace', async () => {
  await fixture.mintNumbers(3);
  const refusal = await statementsOf((client) =>
    fixture.permissions.redeem(client, '000000005724' as PermissionNumber, randomBytes(16)),
  );
  const rehearsal = await statementsOf((client) => fixture.permissions.rehearse(client));
  expect(rehearsal).toEqual(refusal);
  expect(rehearsal).toHaveLength(2);
  expect([await storedNumbers(), await storedProofs()]).toEqual([3, 0]);
});

describe('without a number', () => {
  const accept = (key: Buffer) =>
    fixture.database.transaction((client) => fixture.permissions.acceptUnbacked(client, key));

  test('each Idempotency-Key is accepted once, also in parallel and after sealing', async () => {
    const key = randomBytes(16);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => accept(key)));
    expect([count(outcomes, 'accepted'), count(outcomes, 'repeated')]).toEqual([1, 49]);
    await fixture.sealProofs();
    expect(await accept(key)).toBe('repeated');
    expect(await accept(randomBytes(16))).toBe('accepted');
  });

  test('a key under which a report was accepted without a number proves nothing for a number', async () => {
    const key = randomBytes(16);
    await accept(key);
    expect(await fixture.redeem('000000005724' as PermissionNumber, key)).toBe('refused');
  });

  test('a failed transaction has not used the key up', async () => {
    const key = randomBytes(16);
    const failing = fixture.database.transaction(async (client) => {
      await fixture.permissions.acceptUnbacked(client, key);
      throw new Error('the report could not be stored');
    });
    await expect(failing).rejects.toThrow();
    expect(await accept(key)).toBe('accepted');
  });
});

/** Texts and sizes of the parameters of what is sent to Postgres. */
async function statementsOf(work: (client: never) => Promise<unknown>): Promise<unknown[]> {
  return fixture.database.transaction(async (client) => {
    const statements: unknown[] = [];
    const recording = {
      query: (text: string, values: Buffer[][]) => {
        statements.push([text, values.map((value) => value.map((bytes) => bytes.length))]);
        return client.query(text, values);
      },
    };
    await work(recording as never);
    return statements;
  });
}
