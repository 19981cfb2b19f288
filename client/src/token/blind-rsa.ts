import type { RandomBytes } from '../crypto/functions.js';
import { encodePss, SALT_BYTES, verifyPss } from './pss.js';
import { inverseOf, lengthOf, raise, toBytes, toNumber } from './rsa.js';

/** RSABSSA-SHA384-PSS-Deterministic (RFC 9474), the client's half. */

export interface Blinded {
  /** What the issuer sees: it may be any message, with the same probability. */
  readonly blindedMessage: Uint8Array;
  /** What makes a signature of the issuer's answer. Secret. */
  readonly inverse: Uint8Array;
}

/** `Blind` (§4.2). */
export function blind(modulus: bigint, message: Uint8Array, random: RandomBytes): Blinded {
  const encoded = toNumber(encodePss(message, random(SALT_BYTES), lengthOf(modulus)));
  for (;;) {
    const factor = toNumber(random(lengthOf(modulus)));
    // Drawn again until it is below the modulus, and not reduced: every factor must be as likely as every other.
    const inverse = factor > 0n && factor < modulus ? inverseOf(factor, modulus) : undefined;
    if (inverse === undefined) continue;
    const blinded = (encoded * raise(factor, modulus)) % modulus;
    return { blindedMessage: toBytes(blinded, modulus), inverse: toBytes(inverse, modulus) };
  }
}

/** `Finalize` (§4.4): the signature of the message; undefined if the issuer's answer does not give one. */
export function unblind(
  modulus: bigint,
  message: Uint8Array,
  blindSignature: Uint8Array,
  inverse: Uint8Array,
): Uint8Array | undefined {
  if (blindSignature.length !== lengthOf(modulus)) return undefined;
  const signature = (toNumber(blindSignature) * toNumber(inverse)) % modulus;
  return verifyPss(message, toBytes(raise(signature, modulus), modulus)) ? toBytes(signature, modulus) : undefined;
}
