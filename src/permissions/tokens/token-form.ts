/** Blind RSA, 2048 bit: RSABSSA-SHA384-PSS-Deterministic (RFC 9578 section 8.2.2). The one type that is issued. */
export const TOKEN_TYPE = 2;

/** Bytes of a blinded message, a signature and a modulus (`Nk`). */
export const SIGNATURE_BYTES = 256;
export const DIGEST_BYTES = 32;

/** `token_type` ‖ `nonce` ‖ `challenge_digest` ‖ `token_key_id`: what the issuer's signature is over. */
const INPUT_BYTES = 2 + 3 * DIGEST_BYTES;

/** A token as it was sent, in its parts (RFC 9577 section 2.2); nothing in it is believed yet. */
export interface SentToken {
  readonly input: Buffer;
  readonly type: number;
  readonly challengeDigest: Buffer;
  readonly keyId: Buffer;
  readonly authenticator: Buffer;
}

/** Undefined where the length is wrong. */
export function readToken(bytes: Buffer): SentToken | undefined {
  if (bytes.length !== INPUT_BYTES + SIGNATURE_BYTES) return undefined;
  const input = bytes.subarray(0, INPUT_BYTES);
  return {
    input,
    type: input.readUInt16BE(0),
    challengeDigest: input.subarray(2 + DIGEST_BYTES, 2 + 2 * DIGEST_BYTES),
    keyId: input.subarray(2 + 2 * DIGEST_BYTES),
    authenticator: bytes.subarray(INPUT_BYTES),
  };
}
