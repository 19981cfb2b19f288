import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { generateKeyRing } from './generate-key.js';
import {
  createKeyRingFile,
  isReplaceable,
  readKeyRingFile,
  removeLeftovers,
  replaceKeyRingFile,
} from './key-ring-file.js';
import { openKeyRing } from './open-key-ring.js';

const first = generateKeyRing(1);
const second = generateKeyRing(2);
let folder: string;
let path: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'cen-keys-'));
  path = join(folder, 'data', 'keyring.json');
  Logger.overrideLogger(false);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const mode = () => (fs.statSync(path).mode & 0o777).toString(8);
const development = () => ({ production: false, dataDir: join(folder, 'data'), keyringFile: undefined });
const production = () => ({ ...development(), production: true });

test('creates a file that only its owner reads, and leaves nothing else behind', () => {
  createKeyRingFile(path, first);
  expect(readKeyRingFile(path)).toEqual(first);
  expect(mode()).toBe('600');
  expect(fs.readdirSync(join(folder, 'data'))).toEqual(['keyring.json']);
});

test('never creates over an existing file', () => {
  createKeyRingFile(path, first);
  expect(() => createKeyRingFile(path, second)).toThrow(expect.objectContaining({ code: 'exists' }));
  expect(readKeyRingFile(path)).toEqual(first);
  expect(fs.readdirSync(join(folder, 'data'))).toEqual(['keyring.json']);
});

test('replaces the file as a whole: who has the old one open goes on reading the old one', () => {
  createKeyRingFile(path, first);
  const open = fs.openSync(path, 'r');
  replaceKeyRingFile(path, second);
  expect(fs.readFileSync(open, 'utf8')).toContain(first[0]!.id);
  expect(readKeyRingFile(path)).toEqual(second);
  expect(fs.readdirSync(join(folder, 'data'))).toEqual(['keyring.json']);
  fs.closeSync(open);
});

test('removes what a killed writer has left beside the ring, and nothing else', () => {
  createKeyRingFile(path, first);
  const data = join(folder, 'data');
  fs.writeFileSync(join(data, '.keyring.json.0123456789ab.tmp'), 'secrets');
  fs.writeFileSync(join(data, '.other.json.0123456789ab.tmp'), 'of another ring');
  removeLeftovers(path);
  expect(fs.readdirSync(data).sort()).toEqual(['.other.json.0123456789ab.tmp', 'keyring.json']);
  expect(readKeyRingFile(path)).toEqual(first);
});

test("keeps the group's right to read, and takes every other right away", () => {
  createKeyRingFile(path, first);
  fs.chmodSync(path, 0o666);
  replaceKeyRingFile(path, second);
  expect(mode()).toBe('640');
});

test('rotating as another user left a key ring that the server could not read: it is refused before anything changes', () => {
  createKeyRingFile(path, first);
  const { uid } = fs.statSync(path);
  const user = jest.spyOn(process, 'geteuid').mockReturnValue(uid + 1);
  try {
    expect(() => replaceKeyRingFile(path, second)).toThrow(
      expect.objectContaining({ code: 'not-writable', message: expect.stringContaining(`belongs to user ${uid}`) }),
    );
    expect(isReplaceable(path)).toBe(false);
  } finally {
    user.mockRestore();
  }
  expect(readKeyRingFile(path)).toEqual(first);
  expect(fs.readdirSync(join(folder, 'data'))).toEqual(['keyring.json']);
});

(process.geteuid?.() === 0 ? test : test.skip)('root leaves the file to whom it belongs', () => {
  createKeyRingFile(path, first);
  fs.chownSync(path, 65_534, 65_533);
  replaceKeyRingFile(path, second);
  const { uid, gid } = fs.statSync(path);
  expect([uid, gid]).toEqual([65_534, 65_533]);
});

test('replaces what a symbolic link leads to, not the link', () => {
  createKeyRingFile(path, first);
  const link = join(folder, 'link.json');
  fs.symlinkSync(path, link);
  replaceKeyRingFile(link, second);
  expect(readKeyRingFile(path)).toEqual(second);
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
});

test('does not make a file where there is none to replace', () => {
  expect(() => replaceKeyRingFile(path, first)).toThrow(expect.objectContaining({ code: 'missing' }));
});

test('says not-writable, without the content, where the folder does not take a file', () => {
  fs.writeFileSync(join(folder, 'data'), '');
  expect(() => createKeyRingFile(path, first)).toThrow(expect.objectContaining({ code: 'not-writable' }));
  expect(isReplaceable(path)).toBe(false);
});

test('development makes a ring at first start and keeps it at the next', () => {
  const id = openKeyRing(development()).current('root').id;
  expect(openKeyRing(development()).current('root').id).toBe(id);
  expect(mode()).toBe('600');
});

test('production refuses to start without KEYRING_FILE, even where development has left a ring', () => {
  createKeyRingFile(path, first);
  expect(() => openKeyRing(production())).toThrow(expect.objectContaining({ code: 'missing' }));
});

test('production refuses to start when the file is not there, and makes nothing', () => {
  expect(() => openKeyRing({ ...production(), keyringFile: path })).toThrow(
    expect.objectContaining({ code: 'missing', message: `There is no key ring at ${path}` }),
  );
  expect(fs.existsSync(path)).toBe(false);
});
