import { fromHex, toHex } from '../bytes.js';

/** What of RSA a client of RFC 9474 needs: arithmetic on numbers below a modulus, and the public key in DER. */

const MODULUS_BYTES = 256;

/** 65537: four squarings to a digit, and the only exponent that the server uses. */
const EXPONENT = 65_537n;

/**
 * A SubjectPublicKeyInfo that names RSASSA-PSS with SHA-384, MGF1 with SHA-384 and 48 bytes of salt (RFC 9578 §8.2.2) is this, then
 * the modulus, then the exponent 65537.
 */
const SPKI_PREFIX = fromHex(
  '30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108' +
    '300b0609608648016503040202a2030201300382010f003082010a0282010100',
);
const SPKI_SUFFIX = fromHex('0203010001');
const SPKI_BYTES = SPKI_PREFIX.length + MODULUS_BYTES + SPKI_SUFFIX.length;

/** The modulus of an issuer's key of exactly this form. Throws RangeError for anything else. */
export function modulusOf(publicKey: Uint8Array): bigint {
  const modulus = publicKey.subarray(SPKI_PREFIX.length, SPKI_PREFIX.length + MODULUS_BYTES);
  const isSuch =
    publicKey.length === SPKI_BYTES &&
    SPKI_PREFIX.every((byte, i) => byte === publicKey[i]) &&
    SPKI_SUFFIX.every((byte, i) => byte === publicKey[SPKI_PREFIX.length + MODULUS_BYTES + i]) &&
    modulus[0]! >= 0x80 &&
    (modulus[MODULUS_BYTES - 1]! & 1) === 1;
  if (!isSuch) throw new RangeError('not an RSASSA-PSS key of 2048 bits with the exponent 65537');
  return toNumber(modulus);
}

/** Bytes of a modulus, the highest bit of which is set. */
export function lengthOf(modulus: bigint): number {
  return modulus.toString(16).length / 2;
}

/** `value` to the public exponent. */
export function raise(value: bigint, modulus: bigint): bigint {
  let power = value;
  for (let exponent = EXPONENT >> 1n; exponent > 0n; exponent >>= 1n) power = (power * power) % modulus;
  return (power * value) % modulus;
}

/** Undefined where there is none: for an honest modulus, as good as never. */
export function inverseOf(value: bigint, modulus: bigint): bigint | undefined {
  let [old, rest, oldFactor, factor] = [value % modulus, modulus, 1n, 0n];
  while (rest !== 0n) {
    const quotient = old / rest;
    [old, rest] = [rest, old - quotient * rest];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  if (old !== 1n) return undefined;
  return oldFactor < 0n ? oldFactor + modulus : oldFactor;
}

/** Big-endian. */
export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}

/** Big-endian, as many bytes as the modulus has. */
export function toBytes(value: bigint, modulus: bigint): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromHex(value.toString(16).padStart(2 * lengthOf(modulus), '0')));
}
