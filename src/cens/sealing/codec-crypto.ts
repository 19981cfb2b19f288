import { type Cipher, createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { EcbEncrypt, Sha256 } from 'cen-client/encode';

/** By their keys: a batch encrypts its CENs piece by piece under one salt, and ECB keeps nothing from piece to piece. */
const ciphers = new WeakMap<Uint8Array, Cipher>();

/** The codec's cryptography by OpenSSL: one native call hashes a whole batch. */
export const codecCrypto: { sha256: Sha256; aesEcb: EcbEncrypt; randomBytes: (length: number) => Uint8Array } = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  aesEcb: (key, blocks) => cipherOf(key).update(blocks),
  randomBytes,
};

function cipherOf(key: Uint8Array): Cipher {
  const known = ciphers.get(key);
  if (known !== undefined) return known;
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  ciphers.set(key, cipher);
  return cipher;
}
