import { CensError } from '../cens-error.js';

/** Base64url of 16 bytes: 22 characters, the last of which carries two bits. */
const BASE64URL_OF_16_BYTES = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/**
 * Reads `Idempotency-Key`: 16 random bytes, the same for each retry of a report.
 * @throws {CensError} `missing-idempotency-key` when it is absent or not of that form
 */
export function parseIdempotencyKey(header: string | string[] | undefined): Buffer {
  if (typeof header !== 'string' || !BASE64URL_OF_16_BYTES.test(header)) throw new CensError('missing-idempotency-key');
  return Buffer.from(header, 'base64url');
}
