import { randomInt } from 'node:crypto';
import { numberFrom } from '../../src/permissions/number-format.js';
import { packReport, randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const BODY = packReport([{ cell: 0n, cens: randomCens(1) }]);
const HEARD = 3;

let server: TestServer;
afterEach(() => server.close());

async function behind(hops: number): Promise<void> {
  const settings = { TRUSTED_PROXY_HOPS: String(hops), FAILED_ATTEMPTS_BURST: '3', FAILED_ATTEMPTS_TIGHTENING: '1' };
  server = await startTestServer({ settings });
}

/** Guesses once under each of these headers, one after another; how many were heard and not told to wait. */
async function heard(headers: readonly (string | undefined)[], name = 'x-forwarded-for'): Promise<number> {
  let count = 0;
  for (const value of headers) {
    const number = numberFrom(BigInt(randomInt(10 ** 11)), 12);
    const { status } = await server.report({
      body: BODY,
      number,
      headers: value === undefined ? {} : { [name]: value },
    });
    expect([403, 429]).toContain(status);
    if (status === 403) count++;
  }
  return count;
}

const forged = (behindIt: string) => Array.from({ length: 6 }, (_, index) => `203.0.${index}.1${behindIt}`);

test('without a proxy, nothing that is forged makes a new network of an old one', async () => {
  await behind(0);
  const everything = [undefined, ...forged(''), '2001:db8::1', 'nonsense', '', ',', '127.0.0.1'];
  expect(await heard(everything)).toBe(HEARD);
  for (const name of ['forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip'])
    expect(await heard(forged(''), name)).toBe(0);
});

test('behind one proxy, only what that one has written at the end counts', async () => {
  await behind(1);
  expect(await heard(forged(', 192.0.2.1'))).toBe(HEARD);
  expect(await heard(forged(',192.0.2.99'))).toBe(0);
  expect(await heard(['192.0.2.7'])).toBe(0);
  expect(await heard(forged(''))).toBe(6);
});

test('behind two, what the outer one has written counts, not what was there before nor the outer one itself', async () => {
  await behind(2);
  expect(await heard(forged(', 192.0.2.1, 10.0.0.1'))).toBe(HEARD);
  expect(await heard(Array.from({ length: 4 }, (_, index) => `192.0.2.5, 10.9.${index}.1`))).toBe(0);
  expect(await heard(['198.51.100.1, 192.0.3.1, 10.0.0.1'])).toBe(1);
});

test('one network is one network, however its addresses are written', async () => {
  await behind(1);
  const spellings = ['192.0.2.1', '::ffff:192.0.2.2', '::FFFF:c000:203', '[::ffff:192.0.2.4]:99', '192.0.2.5:4711'];
  expect(await heard(spellings)).toBe(HEARD);
  expect(
    await heard(['2001:db8:1:1::1', '2001:DB8:1:2::1', '2001:db8:1:ffff::1', '2001:db8:1::', '[2001:db8:1::2]:80']),
  ).toBe(HEARD);
});

test('what is no address shares one counter, and is answered, not an error', async () => {
  await behind(1);
  const malformed = ['unknown', 'nonsense', '_hidden', '999.1.1.1', '192.0.2', '::::', 'é'.repeat(3), 'x'.repeat(4000)];
  expect(await heard(malformed)).toBe(HEARD);
  expect(await heard(['192.0.2.1'])).toBe(1);
});
