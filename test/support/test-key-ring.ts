import { generateKey } from '../../src/platform/keys/generate-key.js';
import { createKeyRingFile } from '../../src/platform/keys/key-ring-file.js';
import { PURPOSES } from '../../src/platform/keys/purposes.js';
import { rsaKeyId } from '../../src/platform/keys/rsa.js';

/**
 * Makes a key ring with a first version of every key, of which only the RSA key is not new: all tests of a run share one, because
 * making it takes longer than most of them.
 */
export function makeTestKeyRing(path: string, now = Math.floor(Date.now() / 1000)): void {
  const times = { createdAt: now, activeFrom: now };
  const secret = Buffer.from(process.env['TEST_ISSUER_KEY']!, 'base64url');
  const others = PURPOSES.filter((purpose) => purpose !== 'token-issuer').map((purpose) => generateKey(purpose, times));
  createKeyRingFile(path, [...others, { purpose: 'token-issuer', id: rsaKeyId(secret), ...times, secret }]);
}
