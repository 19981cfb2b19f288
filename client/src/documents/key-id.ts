import { toBase64Url, toHex } from '../bytes.js';
import type { Sha256 } from '../crypto/functions.js';

const KEY_ID_BYTES = 8;

/**
 * The id of an Ed25519 key: the first 8 bytes, as 16 hex digits, of its RFC 7638 thumbprint (SHA-256 over the JWK members
 * that RFC 8037 §2 requires, in alphabetical order, without spaces). `publicKey` is the 32 raw bytes.
 */
export function ed25519KeyId(publicKey: Uint8Array, sha256: Sha256): string {
  const members = `{"crv":"Ed25519","kty":"OKP","x":"${toBase64Url(publicKey)}"}`;
  return toHex(sha256(new TextEncoder().encode(members)).subarray(0, KEY_ID_BYTES));
}
