import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { numberFrom } from '../../../src/permissions/number-format.js';
import { json } from '../../support/http-client.js';
import { type Person, StaffServer } from './staff-fixture.js';

const FLOOR_MS = 300;
/** Timers may be this early, by the two clocks that are compared. */
const EARLY_MS = 5;

let staff: StaffServer;
let issuer: Person;

beforeAll(async () => {
  staff = await StaffServer.start({ settings: { RESPONSE_FLOOR_MS: String(FLOOR_MS) } });
  const operator = await staff.operator();
  issuer = await staff.member(operator, await staff.authority(operator), 'issuer');
});
afterAll(() => staff.close());

async function mint(count: number): Promise<{ order: string; numbers: string[] }> {
  const wanted = { requestId: randomUUID(), count };
  return json(await issuer.browser.send('POST', '/admin/v1/permission-numbers', wanted));
}

async function millisecondsToRevoke(what: object): Promise<number> {
  const start = performance.now();
  await issuer.browser.send('POST', '/admin/v1/permission-numbers/revocations', what);
  return performance.now() - start;
}

test('a revocation is answered at a multiple of the floor, whatever came of it', async () => {
  const { order, numbers } = await mint(2);
  for (const what of [
    { number: numbers[0] },
    { number: numbers[0] },
    { number: numberFrom(0n, 12) },
    { number: '1' },
    { order },
    { order: randomUUID() },
  ])
    expect(await millisecondsToRevoke(what)).toBeGreaterThanOrEqual(FLOOR_MS - EARLY_MS);
});
