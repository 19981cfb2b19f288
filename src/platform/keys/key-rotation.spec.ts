import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { makeTestKeyRing } from '../../../test/support/test-key-ring.js';
import { Database } from '../database/index.js';
import { Alerts } from '../health/index.js';
import { Metrics } from '../metrics/index.js';
import { KeyRing } from './key-ring.js';
import { KeyRotation } from './key-rotation.js';
import { KeyUsers } from './key-users.js';
import { KEY_POLICIES, PURPOSES } from './purposes.js';
import { RotationLock } from './rotation-lock.repository.js';

const START = 1_800_000_000;
const DAY = 86_400;

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let path: string;
let now: number;
let alerts: Alerts;

beforeAll(async () => {
  Logger.overrideLogger(false);
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'cen-keys-'));
  path = join(folder, 'keyring.json');
  now = START;
  alerts = new Alerts(new Metrics());
  makeTestKeyRing(path, now);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A replica: its own view of the one file. */
function replica(users = new KeyUsers()): { ring: KeyRing; rotation: KeyRotation } {
  const ring = new KeyRing(path, () => now);
  return { ring, rotation: new KeyRotation(ring, users, new RotationLock(database), alerts, { retentionDays: 21 }) };
}

test('leaves the file alone when nothing is due', async () => {
  const before = fs.readFileSync(path, 'utf8');
  const { ino } = fs.statSync(path);
  const { made, destroyed } = await replica().rotation.rotate();
  expect([made, destroyed]).toEqual([[], []]);
  expect(fs.readFileSync(path, 'utf8')).toBe(before);
  expect(fs.statSync(path).ino).toBe(ino);
});

test('two replicas and the command line at once make one version of each purpose', async () => {
  now = START + 3650 * DAY;
  const replacedInTime = PURPOSES.filter((purpose) => KEY_POLICIES[purpose].period !== null);
  const slow = new KeyUsers();
  slow.register('number-hmac', () => new Promise((resolve) => setTimeout(resolve, 100, new Set())));
  const replicas = [replica(slow), replica(slow), replica(slow)];
  const reports = await Promise.all(replicas.map(({ rotation }) => rotation.rotate()));
  expect(reports.map(({ made }) => made.length).sort((a, b) => a - b)).toEqual([0, 0, replacedInTime.length]);
  for (const { ring } of replicas) {
    ring.refresh();
    expect(ring.live('mint-prf')).toHaveLength(2);
  }
});

test('destroys what no user names, keeps what one does, and keeps all where nobody was asked', async () => {
  const users = new KeyUsers();
  const { ring, rotation } = replica(users);
  const old = ring.current('retry-proof').id;
  users.register('pending-aead', () => Promise.resolve(new Set()));
  users.register('retry-proof', () => Promise.resolve(new Set([old])));
  users.register('retry-proof', () => Promise.resolve(new Set()));
  now = START + 40 * DAY;
  await rotation.rotate();
  now += 3600;
  const { destroyed } = await rotation.rotate();
  expect(destroyed.map(({ purpose }) => purpose)).toEqual(['pending-aead', 'attempt-day', 'batch-signing']);
  expect(ring.find('retry-proof', old)).toBeDefined();
  expect(ring.live('number-hmac')).toHaveLength(2);
  expect(ring.live('pending-aead')).toHaveLength(1);
});

test('raises an alert when the database names a key that the ring does not have', async () => {
  const users = new KeyUsers();
  users.register('number-hmac', () => Promise.resolve(new Set(['00000000000000aa'])));
  await replica(users).rotation.rotate();
  expect(alerts.list()).toMatchObject([
    { code: 'keys-lost', detail: expect.stringContaining('number-hmac 00000000000000aa') },
  ]);
  await replica().rotation.rotate();
  expect(alerts.list()).toEqual([]);
});

test('touches neither file nor keys when it cannot ask who needs them, and lets the next one in', async () => {
  now = START + DAY;
  const users = new KeyUsers();
  users.register('number-hmac', () => Promise.reject(new Error('no answer')));
  const before = fs.readFileSync(path, 'utf8');
  await expect(replica(users).rotation.rotate()).rejects.toThrow('no answer');
  expect(fs.readFileSync(path, 'utf8')).toBe(before);
  expect((await replica().rotation.rotate()).made).not.toEqual([]);
});

test('refuses to rotate a damaged file, and leaves it for an operator', async () => {
  const { rotation } = replica();
  fs.writeFileSync(path, '{}');
  await expect(rotation.rotate()).rejects.toMatchObject({ code: 'invalid' });
  expect(fs.readFileSync(path, 'utf8')).toBe('{}');
});

test('rotates by itself at once and at each interval, until the end of the application', async () => {
  const { ring, rotation } = replica();
  now = START + DAY;
  expect(rotation.startAutomaticRotation(50)).toBe(true);
  await waitUntil(() => ring.live('attempt-day').length === 2);
  now = START + 3 * DAY;
  await waitUntil(() => ring.live('attempt-day').length === 2 && ring.live('pending-aead').length === 3);
  await rotation.beforeApplicationShutdown();
  now = START + 30 * DAY;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(ring.live('mint-prf')).toHaveLength(1);
});

test('does not begin to rotate by itself where the file is not to be replaced', () => {
  const { rotation } = replica();
  fs.rmSync(path);
  expect(rotation.startAutomaticRotation(50)).toBe(false);
});

test('raises an alert while automatic rotation fails', async () => {
  const { rotation } = replica();
  fs.writeFileSync(path, '{}');
  rotation.startAutomaticRotation(50);
  await waitUntil(() => alerts.list().length > 0);
  expect(alerts.list()).toMatchObject([{ code: 'keys-not-rotated' }]);
  fs.rmSync(path);
  makeTestKeyRing(path, now);
  await waitUntil(() => alerts.list().length === 0);
  await rotation.beforeApplicationShutdown();
});

async function waitUntil(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('did not come about within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
