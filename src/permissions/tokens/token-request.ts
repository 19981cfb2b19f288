import { PermissionsError } from '../permissions-error.js';
import type { IssuerKey } from './issuer-key.js';
import { SIGNATURE_BYTES, TOKEN_TYPE } from './token-form.js';

/** `token_type`, `truncated_token_key_id`, `blinded_msg` (RFC 9578 section 6.1). */
const REQUEST_BYTES = 2 + 1 + SIGNATURE_BYTES;

/**
 * How long a key still signs after another has become current: a copy of the directory is good for a day and an hour, and a
 * request may be repeated for 48 hours. What it signs last is then good for four days more.
 */
const SIGNS_AFTER_RETIREMENT_SECONDS = 73 * 3600;

/** A request that was checked whole: this key can sign it. */
export interface TokenRequest {
  readonly bytes: Buffer;
  readonly blindedMessage: Buffer;
  readonly key: IssuerKey;
}

/**
 * Reads an `application/private-token-request` body, before anything is spent.
 * @param keys the live issuer keys
 * @param now Unix seconds of the wall clock
 * @throws PermissionsError `invalid-token-request`
 */
export function parseTokenRequest(bytes: Buffer, keys: readonly IssuerKey[], now: number): TokenRequest {
  if (bytes.length !== REQUEST_BYTES) throw invalid(`The body must have ${REQUEST_BYTES} bytes.`);
  if (bytes.readUInt16BE(0) !== TOKEN_TYPE) throw invalid(`Only tokens of type ${TOKEN_TYPE} are issued.`);
  const key = keys.find(({ truncatedId }) => truncatedId === bytes[2]);
  if (key === undefined || now >= (key.retiredAt ?? Infinity) + SIGNS_AFTER_RETIREMENT_SECONDS)
    throw invalid('It names a key that signs no more. Read the issuer directory again and blind a new request.');
  const blindedMessage = bytes.subarray(3);
  if (!key.canSign(blindedMessage)) throw invalid('The blinded message is not below the modulus of the key.');
  return { bytes, blindedMessage, key };
}

function invalid(detail: string): PermissionsError {
  return new PermissionsError('invalid-token-request', { detail: `${detail} Nothing was spent.` });
}
