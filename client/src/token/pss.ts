import { sha384 } from '@noble/hashes/sha2.js';

/** EMSA-PSS (RFC 8017 §9.1) with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes, below a modulus of whole bytes. */

const HASH_BYTES = 48;
export const SALT_BYTES = 48;
/** One bit less than the modulus has. */
const FIRST_BYTE_MASK = 0x7f;
const LAST_BYTE = 0xbc;

/** `EMSA-PSS-ENCODE`. @param length bytes of the modulus */
export function encodePss(message: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const hash = hashWith(message, salt);
  const masked = maskOf(hash, length - HASH_BYTES - 1);
  const paddingEnd = masked.length - salt.length - 1;
  masked[paddingEnd]! ^= 1;
  salt.forEach((byte, i) => (masked[paddingEnd + 1 + i]! ^= byte));
  masked[0]! &= FIRST_BYTE_MASK;
  const encoded = new Uint8Array(length).fill(LAST_BYTE);
  encoded.set(masked);
  encoded.set(hash, masked.length);
  return encoded;
}

/** `EMSA-PSS-VERIFY`: what was encoded with the salt that is in it must be this very thing. */
export function verifyPss(message: Uint8Array, encoded: Uint8Array): boolean {
  const hashStart = encoded.length - HASH_BYTES - 1;
  const mask = maskOf(encoded.subarray(hashStart, -1), hashStart);
  const saltStart = hashStart - SALT_BYTES;
  const salt = encoded.subarray(saltStart, hashStart).map((byte, i) => byte ^ mask[saltStart + i]!);
  return encodePss(message, salt, encoded.length).every((byte, i) => byte === encoded[i]);
}

/** Hash of eight zero bytes, the message's hash and the salt. */
function hashWith(message: Uint8Array, salt: Uint8Array): Uint8Array {
  return sha384.create().update(new Uint8Array(8)).update(sha384(message)).update(salt).digest();
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function maskOf(seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (let counter = 0, at = 0; at < length; counter++, at += HASH_BYTES) {
    const piece = sha384
      .create()
      .update(seed)
      .update(Uint8Array.of(0, 0, 0, counter))
      .digest();
    mask.set(piece.subarray(0, length - at), at);
  }
  return mask;
}
