import { randomBytes, randomUUID } from 'node:crypto';
import { addKey } from '../../test/support/add-key.js';
import { createPermissionsFixture, type PermissionsFixture } from '../../test/support/permissions-fixture.js';
import type { Purpose } from '../platform/keys/index.js';

const HOUR = 3600;

let fixture: PermissionsFixture;
beforeEach(async () => {
  fixture = await createPermissionsFixture();
});
afterEach(() => fixture.close());

/** Makes a second version of a purpose the current one. @returns the ids of the first and the second */
async function rotate(purpose: Purpose): Promise<[string, string]> {
  const { ring } = fixture;
  const first = ring.current(purpose).id;
  const second = addKey(ring, purpose, ring.current(purpose).activeFrom + 1);
  ring.refresh();
  while (ring.current(purpose).id === first) await new Promise((resolve) => setTimeout(resolve, 50));
  return [first, second.id];
}

const named = async (purpose: Purpose) => [...((await fixture.keyUsers.inUse()).get(purpose) ?? [])].sort();
const purge = () => fixture.database.transaction((client) => fixture.permissions.purgeExpired(client));

test('nothing stored names no key', async () => {
  const named = [...(await fixture.keyUsers.inUse()).values()];
  expect(named.length).toBeGreaterThan(0);
  expect(named.every((ids) => ids.size === 0)).toBe(true);
});

test('a number stays valid after its HMAC key was replaced, and names the key as long as it lives', async () => {
  const [number] = await fixture.mintNumbers(1);
  const [first, second] = await rotate('number-hmac');
  await fixture.mintNumbers(1);
  expect(await named('number-hmac')).toEqual([first, second].sort());
  expect(await fixture.redeem(number)).toBe('redeemed');
  expect(await named('number-hmac')).toEqual([second]);
});

test('an order is repeated after its mint key was replaced, and names the key until 48 h after expiry', async () => {
  const order = { requestId: randomUUID(), count: 3 };
  const minted = await fixture.mint(order);
  const [first] = await rotate('mint-prf');
  expect(await fixture.mint(order)).toEqual(minted);
  await fixture.advanceClock((24 + 47) * HOUR);
  await purge();
  expect(await named('mint-prf')).toEqual([first]);
  await fixture.advanceClock(3 * HOUR);
  await purge();
  expect(await named('mint-prf')).toEqual([]);
});

test('a request is repeated after its proof key was replaced, and its proof names the key until it is forgotten', async () => {
  const [number] = await fixture.mintNumbers(1);
  const key = randomBytes(16);
  await fixture.redeem(number, key);
  const [first] = await rotate('retry-proof');
  expect(await fixture.redeem(number, key)).toBe('repeated');
  await fixture.sealProofs();
  expect(await named('retry-proof')).toEqual([first]);
  await fixture.advanceClock(48 * HOUR);
  await fixture.sealProofs();
  expect(await named('retry-proof')).toEqual([]);
});

test('a report without a number is repeated after the proof key was replaced', async () => {
  const key = randomBytes(16);
  const accept = () => fixture.database.transaction((client) => fixture.permissions.acceptUnbacked(client, key));
  expect(await accept()).toBe('accepted');
  await rotate('retry-proof');
  expect(await accept()).toBe('repeated');
});
