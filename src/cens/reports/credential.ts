import {
  isChaff,
  PERMISSION_CHALLENGE,
  type PermissionNumber,
  type Permissions,
  readAuthorization,
  readPrivateToken,
} from '../../permissions/index.js';
import { CensError } from '../cens-error.js';

/** What an upload was sent with. */
export type Credential =
  | { readonly scheme: 'permission'; readonly number: PermissionNumber }
  /** The bytes of an upload token, whatever they are. */
  | { readonly scheme: 'token'; readonly token: Buffer }
  | { readonly scheme: 'chaff' }
  | { readonly scheme: 'none' };

/**
 * Reads the `Authorization` header of an upload.
 * @throws {CensError} `credential-required` for an unknown or malformed scheme; `invalid-permission-number` for a number
 *   of the wrong length or with a wrong check digit, without any look-up
 */
export function parseCredential(header: string | undefined, permissions: Pick<Permissions, 'parseNumber'>): Credential {
  if (header === undefined) return { scheme: 'none' };
  const sent = readAuthorization(header);
  if (sent?.scheme === 'permission') return { scheme: 'permission', number: readNumber(sent.value, permissions) };
  const token = sent?.scheme === 'privatetoken' ? readPrivateToken(sent.value) : undefined;
  if (token !== undefined) return { scheme: 'token', token };
  if (sent !== undefined && isChaff(sent)) return { scheme: 'chaff' };
  throw credentialRequired(PERMISSION_CHALLENGE);
}

/** A 401. @param challenges its `WWW-Authenticate` (RFC 9110 section 11.6.1) */
export function credentialRequired(challenges: string): CensError {
  return new CensError('credential-required', { headers: { 'www-authenticate': challenges } });
}

function readNumber(text: string, permissions: Pick<Permissions, 'parseNumber'>): PermissionNumber {
  const parsed = permissions.parseNumber(text);
  if (parsed.ok) return parsed.number;
  throw new CensError('invalid-permission-number', { detail: parsed.fault });
}
