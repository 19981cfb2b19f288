import { isChaff, PERMISSION_CHALLENGE, readAuthorization } from '../authorization.js';
import { parseNumber, type PermissionNumber } from '../number-format.js';
import { PermissionsError } from '../permissions-error.js';

/** What a token is asked for with. */
export type IssuanceCredential =
  { readonly scheme: 'permission'; readonly number: PermissionNumber } | { readonly scheme: 'chaff' };

/**
 * Reads the `Authorization` header of a token request.
 * @throws PermissionsError `credential-required` without a permission number or chaff; `invalid-permission-number` for a number
 *   of the wrong length or with a wrong check digit, without any look-up
 */
export function parseIssuanceCredential(header: string | undefined, digits: number): IssuanceCredential {
  const sent = header === undefined ? undefined : readAuthorization(header);
  if (sent !== undefined && isChaff(sent)) return { scheme: 'chaff' };
  if (sent?.scheme !== 'permission')
    throw new PermissionsError('credential-required', { headers: { 'www-authenticate': PERMISSION_CHALLENGE } });
  const parsed = parseNumber(sent.value, digits);
  if (parsed.ok) return { scheme: 'permission', number: parsed.number };
  throw new PermissionsError('invalid-permission-number', { detail: parsed.fault });
}
