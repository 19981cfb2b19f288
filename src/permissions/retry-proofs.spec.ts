import { randomBytes } from 'node:crypto';
import { createPermissionsFixture, type PermissionsFixture } from '../../test/support/permissions-fixture.js';

const HOUR = 3600;

let fixture: PermissionsFixture;
beforeEach(async () => {
  fixture = await createPermissionsFixture();
});
afterEach(() => fixture.close());

interface StoredProof {
  proof: string;
  xmin: string;
  forget: number | null;
}

const stored = () =>
  fixture.rows<StoredProof>(
    "SELECT encode(proof, 'hex') proof, xmin::text, extract(epoch FROM forget_at)::float8 forget FROM retry_proof ORDER BY ctid",
  );

async function redeemNew(times: number): Promise<void> {
  for (const number of await fixture.mintNumbers(times)) await fixture.redeem(number);
}

test('a sealing leaves neither the order of the reports nor their transactions in the proofs', async () => {
  await redeemNew(40);
  const before = await stored();
  await fixture.sealProofs();
  const after = await stored();
  const order = (proofs: StoredProof[]) => proofs.map(({ proof }) => proof);
  expect(order(after).sort()).toEqual(order(before).sort());
  expect(order(await stored())).not.toEqual(order(before));
  expect(order(await stored())).not.toEqual([...order(before)].sort());
  expect(new Set(before.map(({ xmin }) => xmin)).size).toBe(40);
  expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1);
  expect(before.map(({ xmin }) => xmin)).not.toContain(after[0].xmin);
});

test('each sealing mixes the proofs of all earlier slots anew', async () => {
  await redeemNew(20);
  await fixture.sealProofs();
  const first = await stored();
  await redeemNew(20);
  await fixture.sealProofs();
  const second = await stored();
  expect(new Set(second.map(({ xmin }) => xmin)).size).toBe(1);
  expect(second.slice(0, 20).every(({ proof }) => first.some((other) => other.proof === proof))).toBe(false);
});

test('only proofs of this slot get the new time, and forgotten ones go', async () => {
  await redeemNew(2);
  await fixture.sealProofs();
  const [{ forget: first }] = await stored();
  await fixture.advanceClock(24 * HOUR);
  await redeemNew(3);
  await fixture.sealProofs();
  const times = (await stored()).map(({ forget }) => forget);
  expect(times.filter((time) => time === first)).toHaveLength(2);
  expect(times).toHaveLength(5);
  await fixture.advanceClock(24 * HOUR + 1);
  await fixture.sealProofs();
  expect((await stored()).map(({ forget }) => forget)).not.toContain(first);
  expect(await stored()).toHaveLength(3);
});

test('while a report is left pending its 48 h do not begin, and old proofs are forgotten all the same', async () => {
  await redeemNew(1);
  await fixture.sealProofs();
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  await fixture.redeem(number, key);
  await fixture.advanceClock(50 * HOUR);
  await fixture.sealProofs({ hasUnread: true });
  expect(await stored()).toMatchObject([{ forget: null }]);
  await fixture.advanceClock(50 * HOUR);
  expect(await fixture.redeem(number, key)).toBe('repeated');
  await fixture.sealProofs();
  await fixture.advanceClock(48 * HOUR - 5);
  expect(await fixture.redeem(number, key)).toBe('repeated');
  await fixture.advanceClock(6);
  expect(await fixture.redeem(number, key)).toBe('refused');
});

test('while reports wait, the 48 h of older ones begin, and theirs with the sealing of the last of their slot', async () => {
  const [early, late] = [1000 * HOUR, 1001 * HOUR];
  const forgets = async () => (await stored()).map(({ forget }) => forget).sort();
  await redeemNew(2);
  await fixture.sealProofs({ slot: early, heldSince: early, forgetAt: 4_000_000_000 });
  expect(await forgets()).toEqual([null, null]);
  await redeemNew(1);
  await fixture.sealProofs({ slot: late, heldSince: late, forgetAt: 4_000_003_600 });
  expect(await forgets()).toEqual([4_000_003_600, 4_000_003_600, null]);
  await fixture.sealProofs({ slot: late + HOUR, forgetAt: 4_000_007_200 });
  expect(await forgets()).toEqual([4_000_003_600, 4_000_003_600, 4_000_007_200]);
});

test('a report that was not read may be held by a later slot than saw its proof first', async () => {
  await redeemNew(1);
  await fixture.sealProofs({ slot: 1000 * HOUR, hasUnread: true });
  await fixture.sealProofs({ slot: 1001 * HOUR, heldSince: 1001 * HOUR });
  expect(await stored()).toMatchObject([{ forget: null }]);
});

test('a proof that commits while a sealing runs is left alone, for the next', async () => {
  await redeemNew(2);
  const [late] = await fixture.mintNumbers(1);
  await fixture.database.transaction(async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT FROM retry_proof');
    await fixture.redeem(late);
    await fixture.permissions.sealProofs(client, {
      forgetAt: 4_000_000_000,
      slot: 0,
      heldSince: undefined,
      hasUnread: false,
    });
  });
  const times = (await stored()).map(({ forget }) => forget);
  expect(times.sort()).toEqual([4_000_000_000, 4_000_000_000, null]);
});

test('a request repeated while a sealing runs is repeated, before and after its commit', async () => {
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  await fixture.redeem(number, key);
  await fixture.database.transaction(async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await fixture.permissions.sealProofs(client, {
      forgetAt: 4_000_000_000,
      slot: 0,
      heldSince: undefined,
      hasUnread: false,
    });
    expect(await fixture.redeem(number, key)).toBe('repeated');
  });
  expect(await fixture.redeem(number, key)).toBe('repeated');
});
