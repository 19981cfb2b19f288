import { createHash, createHmac, randomBytes } from 'node:crypto';
import { deriveNumbers } from '../../src/permissions/minting/mint-derivation.js';
import { numberFrom } from '../../src/permissions/number-format.js';
import { KEY_POLICIES, type Purpose } from '../../src/platform/keys/purposes.js';
import { packReport, randomCens } from '../support/packed-report.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const DIGITS = 12;
/** Of the 10^11 numbers, those that share their first seven digits with a live one: what a thief can search in seconds here, and all in hours. */
const SEARCHED = 10_000;
const MINTED = 300;
/** Secrets in a dump that a thief would try as keys: more than there are kinds of columns. */
const MOST_SECRETS = 40;

type Digest = (number: string) => Buffer;

let server: TestServer;
let numbers: string[];
/** Every value of every row of every table, as a thief of a dump has them. */
let dump: Buffer[];

beforeAll(async () => {
  server = await startTestServer();
  numbers = await server.mint(MINTED);
  const body = packReport([{ cell: 0n, cens: randomCens(3) }]);
  for (const number of numbers.slice(0, 5)) expect((await server.injectReport({ number, body })).status).toBe(202);
  expect((await server.injectReport({ number: numbers[0]!, body })).status).toBe(403);
  dump = await everyValue();
});
afterAll(() => server.close());

async function everyValue(): Promise<Buffer[]> {
  const tables = await server.rows<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const values: Buffer[] = [];
  for (const { name } of tables) {
    for (const row of await server.rows<Record<string, unknown>>(`SELECT * FROM ${name}`)) {
      for (const value of Object.values(row)) {
        if (value === null) continue;
        values.push(
          Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
        );
      }
    }
  }
  return values;
}

/** The numbers around a live one whose digest stands in the dump. */
function search(around: string, digest: Digest): string[] {
  const stolen = new Set(dump.map((value) => value.toString('latin1')));
  const prefix = BigInt(around.slice(0, DIGITS - 1)) / BigInt(SEARCHED);
  const found: string[] = [];
  for (let index = 0n; index < SEARCHED; index++) {
    const candidate = numberFrom(prefix * BigInt(SEARCHED) + index, DIGITS);
    if (stolen.has(digest(candidate).toString('latin1'))) found.push(candidate);
  }
  return found;
}

const hmac =
  (secret: Buffer, algorithm = 'sha256'): Digest =>
  (number) =>
    createHmac(algorithm, secret).update(number, 'latin1').digest();

const live = (): string => numbers.at(-1)!;

test('with the key, the search finds the live number: what is tried below could succeed', () => {
  expect(search(live(), hmac(server.keyRing.current('number-hmac').secret))).toEqual([live()]);
});

test('without a key, no plain hash of a number is in the database', () => {
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256', 'blake2b512'])
    expect(search(live(), (number) => createHash(algorithm).update(number).digest())).toEqual([]);
  expect(search(live(), (number) => Buffer.from(number))).toEqual([]);
  expect(search(live(), hmac(Buffer.alloc(0)))).toEqual([]);
});

test('nor is one under any secret that the database itself holds, or under any other key of the ring', () => {
  const short = dump.filter((value) => value.length >= 8 && value.length <= 64);
  const kinds = new Map(short.map((value) => [value.toString('latin1'), value]));
  // Digests of numbers are all alike: one of them stands for the others.
  const digests = new Set(
    numbers.map((number) => hmac(server.keyRing.current('number-hmac').secret)(number).toString('latin1')),
  );
  const secrets = [...kinds]
    .filter(([text]) => !digests.has(text))
    .map(([, value]) => value)
    .slice(0, MOST_SECRETS);
  expect(secrets.length).toBeGreaterThan(15);
  for (const secret of [...secrets, Buffer.from([...digests][0]!, 'latin1'), randomBytes(32)])
    expect(search(live(), hmac(secret))).toEqual([]);
  const others = (Object.keys(KEY_POLICIES) as Purpose[]).filter((purpose) => purpose !== 'number-hmac');
  for (const purpose of others)
    for (const { secret } of server.keyRing.live(purpose)) expect(search(live(), hmac(secret))).toEqual([]);
});

test('an order gives its numbers again with the mint key, and with no other', async () => {
  const [order] = await server.rows<{ nonce: Buffer; count: number; skipped: number[] }>(
    'SELECT * FROM permission_order',
  );
  const derive = (secret: Buffer) =>
    deriveNumbers({ secret, nonce: order!.nonce, digits: DIGITS }, order!.count, order!.skipped);
  expect(derive(server.keyRing.current('mint-prf').secret)).toEqual(numbers);
  const minted = new Set(numbers);
  for (const secret of [server.keyRing.current('number-hmac').secret, order!.nonce, Buffer.alloc(32)])
    expect(derive(secret).filter((number) => minted.has(number as string))).toEqual([]);
});

test('no number, live, used or refused, stands in it in clear', () => {
  const text = Buffer.concat(dump.flatMap((value) => [value, Buffer.from('\n')])).toString('latin1');
  for (const number of numbers) {
    expect(text).not.toContain(number);
    expect(text).not.toContain(number.slice(0, -1));
  }
});
