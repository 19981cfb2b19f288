import { generateKey } from '../../src/platform/keys/generate-key.js';
import type { KeyRing, Purpose } from '../../src/platform/keys/index.js';
import { readKeyRingFile, replaceKeyRingFile } from '../../src/platform/keys/key-ring-file.js';

/** Writes one more key into the ring's file, as another replica's rotation would; the ring has not read it yet. */
export function addKey(ring: KeyRing, purpose: Purpose, activeFrom: number): { readonly id: string } {
  const key = generateKey(purpose, { createdAt: ring.now(), activeFrom });
  replaceKeyRingFile(ring.path, [...readKeyRingFile(ring.path), key]);
  return key;
}
