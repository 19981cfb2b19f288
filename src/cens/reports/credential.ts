import type { Permissions, PermissionNumber } from '../../permissions/index.js';
import { CensError } from '../cens-error.js';

/** What an upload was sent with. */
export type Credential =
  | { readonly scheme: 'permission'; readonly number: PermissionNumber }
  | { readonly scheme: 'chaff' }
  | { readonly scheme: 'none' };

const CHAFF = /^\d{12}$/;

/** The challenges of a 401 (RFC 9110 section 11.6.1). */
export const CHALLENGES = 'Permission realm="cen"';

/**
 * Reads the `Authorization` header of an upload.
 * @throws {CensError} `credential-required` for an unknown or malformed scheme; `invalid-permission-number` for a number
 *   of the wrong length or with a wrong check digit, without any look-up
 */
export function parseCredential(header: string | undefined, permissions: Pick<Permissions, 'parseNumber'>): Credential {
  if (header === undefined) return { scheme: 'none' };
  const [, scheme, value] = /^([A-Za-z]+) +(.+)$/.exec(header) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'permission':
      return { scheme: 'permission', number: readNumber(value, permissions) };
    case 'chaff':
      if (CHAFF.test(value)) return { scheme: 'chaff' };
      throw credentialRequired();
    default:
      throw credentialRequired();
  }
}

export function credentialRequired(): CensError {
  return new CensError('credential-required', { headers: { 'www-authenticate': CHALLENGES } });
}

function readNumber(text: string, permissions: Pick<Permissions, 'parseNumber'>): PermissionNumber {
  const parsed = permissions.parseNumber(text);
  if (parsed.ok) return parsed.number;
  throw new CensError('invalid-permission-number', { detail: parsed.fault });
}
