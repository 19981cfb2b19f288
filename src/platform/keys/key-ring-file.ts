import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { KeyVersion } from './key.js';
import { KeyRingError } from './key-ring-error.js';
import { parseKeyRing, serializeKeyRing } from './key-ring-format.js';

/** Differs whenever the content may: a rename gives another inode, an edit another time or size. */
export type FileStamp = string;

/** The stamp of the file that is at `path` now, undefined if there is none. */
export function stampOf(path: string): FileStamp | undefined {
  const stat = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.size}`;
}

/** @throws KeyRingError `missing`, `unreadable` or `invalid` */
export function readKeyRingFile(path: string): KeyVersion[] {
  return parseKeyRing(readText(path));
}

/**
 * Makes a key ring file where there is none, with mode 0600. Of several that try at once, one succeeds.
 * @throws KeyRingError `exists` or `not-writable`
 */
export function createKeyRingFile(path: string, versions: readonly KeyVersion[]): void {
  withTemporaryFile(path, versions, (temporary) => {
    try {
      // Unlike rename, link refuses to replace.
      fs.linkSync(temporary, path);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw new KeyRingError('exists', `There is a key ring at ${path} already`);
      throw error;
    }
  });
}

/**
 * Replaces a key ring file: a reader finds the old or the new content, whole, also after a crash. Owner, group and
 * the group's right to read stay as the operator set them.
 * @throws KeyRingError `missing` or `not-writable`; nothing has changed then
 */
export function replaceKeyRingFile(path: string, versions: readonly KeyVersion[]): void {
  const before = fs.statSync(path, { throwIfNoEntry: false });
  if (before === undefined) throw new KeyRingError('missing', `There is no key ring at ${path}`);
  if (!mayKeepOwner(before.uid)) {
    throw new KeyRingError(
      'not-writable',
      `The key ring at ${path} belongs to user ${before.uid}, who could not read what user ${process.geteuid?.()} writes. Run this as that user`,
    );
  }
  // A rename onto a symbolic link would replace the link and leave the file behind with its secrets.
  const target = fs.realpathSync(path);
  withTemporaryFile(target, versions, (temporary) => {
    if (process.geteuid?.() === 0) fs.chownSync(temporary, before.uid, before.gid);
    else if (fs.statSync(temporary).gid !== before.gid) fs.chownSync(temporary, -1, before.gid);
    fs.chmodSync(temporary, 0o600 | (before.mode & 0o040));
    fs.renameSync(temporary, target);
  });
}

/** Whether this process could replace the file. */
export function isReplaceable(path: string): boolean {
  try {
    fs.accessSync(path, fs.constants.R_OK | fs.constants.W_OK);
    fs.accessSync(dirname(path), fs.constants.W_OK);
    return mayKeepOwner(fs.statSync(path).uid);
  } catch {
    return false;
  }
}

/** Root can give a file to anybody, others only keep their own. */
function mayKeepOwner(owner: number): boolean {
  const user = process.geteuid?.();
  return user === undefined || user === 0 || user === owner;
}

/** Whether users other than owner and group may read the file. */
export function isOpenToOthers(path: string): boolean {
  return (fs.statSync(path).mode & 0o007) !== 0;
}

function readText(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new KeyRingError('missing', `There is no key ring at ${path}`);
    throw new KeyRingError('unreadable', `The key ring at ${path} cannot be read: ${errorCode(error)}`);
  }
}

/**
 * Removes what a process that was killed while it wrote has left beside the ring: every secret, for as long as nobody looked.
 * Only for whoever alone may write.
 */
export function removeLeftovers(path: string): void {
  const target = fs.realpathSync(path);
  const prefix = `.${basename(target)}.`;
  const left = fs.readdirSync(dirname(target)).filter((name) => name.startsWith(prefix) && name.endsWith('.tmp'));
  for (const name of left) fs.rmSync(join(dirname(target), name), { force: true });
}

function withTemporaryFile(path: string, versions: readonly KeyVersion[], put: (temporary: string) => void): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      // Flushed before it gets its name: after a power cut the name must not lead to an empty file.
      fs.writeFileSync(temporary, serializeKeyRing(versions), { mode: 0o600, flag: 'wx', flush: true });
      put(temporary);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
    flushFolder(folder);
  } catch (error) {
    if (error instanceof KeyRingError) throw error;
    throw new KeyRingError('not-writable', `The key ring at ${path} cannot be written: ${errorCode(error)}`);
  }
}

function flushFolder(folder: string): void {
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}
