const TOKEN_PARAMETER = /(?:^|,)\s*token\s*=\s*(?:"([^"]*)"|([^",\s]*))\s*(?=,|$)/i;

/**
 * The bytes in the parameters of `Authorization: PrivateToken` (RFC 9577 section 2.2): `token`, base64url with its padding or
 * without, quoted or not; other parameters may stand beside it. Undefined where there is none that is base64url.
 */
export function readPrivateToken(parameters: string): Buffer | undefined {
  const [, quoted, bare] = TOKEN_PARAMETER.exec(parameters) ?? [];
  const text = (quoted ?? bare ?? '').replace(/={1,2}$/, '');
  if (!/^[\w-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // One writing of each token: bits that stand for nothing must be zero.
  return bytes.toString('base64url') === text ? bytes : undefined;
}
