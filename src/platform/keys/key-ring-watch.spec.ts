import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Alerts } from '../health/index.js';
import { Metrics } from '../metrics/index.js';
import { generateKey, generateKeyRing } from './generate-key.js';
import { KeyRing } from './key-ring.js';
import { createKeyRingFile, replaceKeyRingFile } from './key-ring-file.js';
import { KeyRingWatch } from './key-ring-watch.js';

const first = generateKeyRing(1);
let folder: string;
let path: string;
let ring: KeyRing;
let alerts: Alerts;
let watch: KeyRingWatch;

beforeEach(() => {
  Logger.overrideLogger(false);
  folder = fs.mkdtempSync(join(tmpdir(), 'cen-keys-'));
  path = join(folder, 'keyring.json');
  createKeyRingFile(path, first);
  ring = new KeyRing(path);
  alerts = new Alerts(new Metrics());
  watch = new KeyRingWatch(ring, alerts);
});
afterEach(() => {
  watch.onApplicationShutdown();
  fs.rmSync(folder, { recursive: true });
});

test('follows the file within two seconds', async () => {
  watch.onModuleInit();
  replaceKeyRingFile(path, [...first, generateKey('mint-prf', { createdAt: 2, activeFrom: 2 })]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(ring.live('mint-prf')).toHaveLength(2);
});

test('raises an alert while the file is damaged, and clears it after', () => {
  fs.writeFileSync(path, '{"version":1}');
  watch.look();
  expect(alerts.list()).toMatchObject([{ code: 'key-ring', detail: expect.stringContaining('expected array') }]);
  replaceKeyRingFile(path, first);
  watch.look();
  expect(alerts.list()).toEqual([]);
});

test('raises an alert while a purpose has no key', () => {
  replaceKeyRingFile(
    path,
    first.filter(({ purpose }) => purpose !== 'attempt-day'),
  );
  watch.look();
  expect(alerts.list()).toMatchObject([{ code: 'key-ring', detail: expect.stringContaining('attempt-day') }]);
});
