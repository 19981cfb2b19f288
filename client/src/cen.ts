import { copyOf } from './bytes.js';
import type { Sha256 } from './crypto/functions.js';
import { CEN_BYTES } from './batch/shape.js';

const DOMAIN = new TextEncoder().encode('CEN1');

/**
 * The CEN that a phone broadcasts in a deployment of report kind `preimage`: the first 16 bytes of
 * SHA-256("CEN1" ‖ secret). The phone keeps the 16-byte secret and reports it, so nobody can report a CEN they only heard.
 */
export function cenOfPreimage(secret: Uint8Array, sha256: Sha256): Uint8Array {
  if (secret.length !== CEN_BYTES) throw new RangeError('a preimage is 16 bytes');
  const message = new Uint8Array(DOMAIN.length + CEN_BYTES);
  message.set(DOMAIN);
  message.set(secret, DOMAIN.length);
  return copyOf(sha256(message).subarray(0, CEN_BYTES));
}
