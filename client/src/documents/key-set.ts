import { fromBase64Url } from '../bytes.js';
import type { Sha256 } from '../crypto/functions.js';
import { DocumentError } from './document-error.js';
import { asArray, asObject, asString } from './fields.js';
import { ed25519KeyId } from './key-id.js';

/** The 32 raw bytes of each Ed25519 key, by id. */
export type KeySet = ReadonlyMap<string, Uint8Array>;

/**
 * Reads `GET /v1/keys`, a JWKS (RFC 7517; RFC 8037 for Ed25519), whose signature the caller has verified. Keys of other
 * kinds are skipped, as RFC 7517 §5 asks. Ids are computed, not believed. Throws DocumentError `bad-keys`.
 */
export function parseKeySet(body: string, sha256: Sha256): KeySet {
  try {
    const keys = asArray(asObject(JSON.parse(body), 'the key set').keys, 'keys').map((key) => asObject(key, 'key'));
    const ed25519 = keys.filter(({ kty, crv }) => kty === 'OKP' && crv === 'Ed25519');
    return new Map(
      ed25519.map(({ x }) => readPublicKey(asString(x, 'x'))).map((key) => [ed25519KeyId(key, sha256), key]),
    );
  } catch (error) {
    throw new DocumentError('bad-keys', (error as Error).message);
  }
}

/** The 32 raw bytes of an Ed25519 public key given in base64url. Throws RangeError for anything else. */
export function readPublicKey(text: string): Uint8Array {
  const key = fromBase64Url(text);
  if (key.length !== 32) throw new RangeError('an Ed25519 public key is 32 bytes');
  return key;
}
