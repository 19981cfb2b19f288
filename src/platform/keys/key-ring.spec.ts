import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { generateKey, generateKeyRing } from './generate-key.js';
import type { KeyVersion } from './key.js';
import { KeyRing } from './key-ring.js';
import { createKeyRingFile, replaceKeyRingFile } from './key-ring-file.js';
import { PURPOSES } from './purposes.js';

const NOW = 1_800_000_000;
let folder: string;
let path: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'cen-keys-'));
  path = join(folder, 'keyring.json');
  Logger.overrideLogger(false);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const version = (activeFrom: number) => generateKey('number-hmac', { createdAt: activeFrom - 60, activeFrom });
const without = (ring: KeyVersion[], purpose: string) => ring.filter((key) => key.purpose !== purpose);

function openWith(versions: KeyVersion[], now = () => NOW): KeyRing {
  createKeyRingFile(path, versions);
  return new KeyRing(path, now);
}

test('has a first key of every purpose in use at once', () => {
  const ring = openWith(generateKeyRing(NOW));
  for (const purpose of PURPOSES) expect(ring.current(purpose)).toMatchObject({ purpose, activeFrom: NOW });
  expect(ring.missing()).toEqual([]);
});

test('uses a new version only from its activeFrom on', () => {
  const [old, scheduled] = [version(NOW - 1000), version(NOW + 60)];
  let now = NOW + 59;
  const ring = openWith([old, scheduled], () => now);
  expect(ring.current('number-hmac').id).toBe(old.id);
  now = NOW + 60;
  expect(ring.current('number-hmac').id).toBe(scheduled.id);
});

test('lists live versions newest first, a scheduled one included, and says when each is retired', () => {
  const [old, current, scheduled] = [version(NOW - 1000), version(NOW - 10), version(NOW + 60)];
  const ring = openWith([current, old, scheduled]);
  expect(ring.live('number-hmac').map(({ id, retiredAt }) => [id, retiredAt])).toEqual([
    [scheduled.id, undefined],
    [current.id, NOW + 60],
    [old.id, NOW - 10],
  ]);
});

test('takes the oldest version when the clock is behind all of them', () => {
  const [first, second] = [version(NOW + 100), version(NOW + 200)];
  expect(openWith([second, first]).current('number-hmac').id).toBe(first.id);
});

test('fails with no-key for a purpose that the ring does not have', () => {
  const ring = openWith(without(generateKeyRing(NOW), 'mint-prf'));
  expect(() => ring.current('mint-prf')).toThrow(expect.objectContaining({ code: 'no-key' }));
  expect(ring.missing()).toEqual(['mint-prf']);
});

test('keeps the public half of a destroyed signing key in the JWKS, but neither finds nor uses it', () => {
  const past: KeyVersion = { ...generateKey('batch-signing', { createdAt: 1, activeFrom: 1 }), secret: undefined };
  const current = generateKey('batch-signing', { createdAt: 2, activeFrom: 2 });
  const ring = openWith([past, current]);
  expect(ring.publicKeys().keys.map(({ kid }) => kid)).toEqual([current.id, past.id]);
  expect(ring.live('batch-signing').map(({ id }) => id)).toEqual([current.id]);
  expect(ring.find('batch-signing', past.id)).toBeUndefined();
});

test('gives the root public key as base64url of 32 bytes', () => {
  const ring = openWith(generateKeyRing(NOW));
  expect(Buffer.from(ring.rootPublicKey(), 'base64url')).toEqual(ring.current('root').publicKey);
  expect(ring.rootPublicKey()).toMatch(/^[\w-]{43}$/);
});

test('finds a key that another process has just added', () => {
  const first = generateKeyRing(NOW);
  const ring = openWith(first);
  const added = version(NOW + 60);
  replaceKeyRingFile(path, [...first, added]);
  expect(ring.find('number-hmac', added.id)?.secret).toEqual(added.secret);
});

test.each([
  ['not JSON', () => fs.writeFileSync(path, '{')],
  ['not a ring', () => fs.writeFileSync(path, '{}')],
  ['gone', () => fs.rmSync(path)],
])('keeps the old keys and reports a problem when the file is %s, until it is right again', (_what, damage) => {
  const versions = generateKeyRing(NOW);
  const ring = openWith(versions);
  const id = ring.current('number-hmac').id;
  damage();
  ring.refresh();
  expect(ring.current('number-hmac').id).toBe(id);
  expect(ring.problem).toMatch(/key ring/);
  fs.rmSync(path, { force: true });
  createKeyRingFile(path, versions);
  ring.refresh();
  expect(ring.problem).toBeUndefined();
});

test('shows no secret when a key, a list or the ring is printed or turned into JSON', () => {
  const ring = openWith(generateKeyRing(NOW));
  const printed = [ring, ...ring.list(), ...PURPOSES.flatMap((purpose) => ring.live(purpose))]
    .map((thing) => `${JSON.stringify(thing)} ${inspect(thing, { depth: 9 })}`)
    .join();
  for (const purpose of PURPOSES) {
    const { secret } = ring.current(purpose);
    expect(printed).not.toContain(secret.toString('base64url'));
    expect(printed).not.toContain(secret.toString('hex').match(/../g)!.slice(0, 8).join(' '));
    expect(printed).not.toContain(`${secret[0]},${secret[1]},${secret[2]},${secret[3]}`);
  }
  expect(printed).toContain(ring.current('root').id);
});
