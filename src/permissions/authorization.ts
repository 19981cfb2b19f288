/** A credential as it was sent, before anything has looked at its value. */
export interface SentCredential {
  /** In lower case: schemes are case-insensitive (RFC 9110 section 11.1). */
  readonly scheme: string;
  readonly value: string;
}

/** Takes an `Authorization` header apart; undefined where it is no scheme with a value. */
export function readAuthorization(header: string): SentCredential | undefined {
  const [, scheme, value] = /^([A-Za-z]+) +(.+)$/.exec(header) ?? [];
  return scheme === undefined ? undefined : { scheme: scheme.toLowerCase(), value };
}

/** Any 12 digits: cover traffic. */
export function isChaff({ scheme, value }: SentCredential): boolean {
  return scheme === 'chaff' && /^\d{12}$/.test(value);
}

/** The challenge of a 401 (RFC 9110 section 11.6.1) where a permission number is taken. */
export const PERMISSION_CHALLENGE = 'Permission realm="cen"';
