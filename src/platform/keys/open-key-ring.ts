import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/index.js';
import { generateKeyRing } from './generate-key.js';
import { KeyRing, wallClock, type WallClock } from './key-ring.js';
import { createKeyRingFile } from './key-ring-file.js';
import { KeyRingError } from './key-ring-error.js';

export type KeyRingSettings = Pick<Config, 'keyringFile' | 'dataDir' | 'production'>;

/**
 * Opens the deployment's key ring. Development makes one at first start, in the data folder unless a file is named;
 * production starts only with the file that it was given.
 * @throws KeyRingError `missing`, `unreadable`, `invalid` or `not-writable`
 */
export function openKeyRing(settings: KeyRingSettings, now: WallClock = wallClock): KeyRing {
  const path = keyRingPath(settings);
  if (!settings.production && !existsSync(path)) makeFirstKeyRing(path, now);
  return new KeyRing(path, now);
}

/** Where the ring is. @throws KeyRingError `missing` in production without `KEYRING_FILE` */
export function keyRingPath({ keyringFile, dataDir, production }: KeyRingSettings): string {
  if (keyringFile !== undefined) return keyringFile;
  if (production) throw new KeyRingError('missing', 'KEYRING_FILE is not set: production does not make keys by itself');
  return join(dataDir, 'keyring.json');
}

/** Writes a ring with a first version of every key. @throws KeyRingError `exists` or `not-writable` */
export function initKeyRing(path: string, now: WallClock = wallClock): void {
  createKeyRingFile(path, generateKeyRing(now()));
}

function makeFirstKeyRing(path: string, now: WallClock): void {
  try {
    initKeyRing(path, now);
  } catch (error) {
    // Another process that starts at the same moment was first: its ring is as good.
    if (!(error instanceof KeyRingError && error.code === 'exists')) throw error;
  }
}
