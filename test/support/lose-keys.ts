import { generateKey } from '../../src/platform/keys/generate-key.js';
import type { KeyRing, Purpose } from '../../src/platform/keys/index.js';
import { readKeyRingFile, replaceKeyRingFile } from '../../src/platform/keys/key-ring-file.js';

/**
 * Puts a new key in the place of all keys of a purpose, as where another copy of the ring is in use.
 * @returns brings them back
 */
export function loseKeys(ring: KeyRing, purpose: Purpose): () => void {
  const before = readKeyRingFile(ring.path);
  const isLost = (version: { readonly purpose: Purpose }) => version.purpose === purpose;
  const times = { createdAt: ring.now(), activeFrom: ring.now() };
  replaceKeyRingFile(ring.path, [...before.filter((version) => !isLost(version)), generateKey(purpose, times)]);
  ring.refresh();
  return () => replaceKeyRingFile(ring.path, [...readKeyRingFile(ring.path), ...before.filter(isLost)]);
}
