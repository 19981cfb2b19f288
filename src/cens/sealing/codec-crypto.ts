import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { EcbEncrypt, Sha256 } from 'cen-client/encode';

/** The codec's cryptography by OpenSSL: one native call hashes a whole batch. */
export const codecCrypto: { sha256: Sha256; aesEcb: EcbEncrypt; randomBytes: (length: number) => Uint8Array } = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  aesEcb: (key, blocks) => createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(blocks),
  randomBytes,
};
