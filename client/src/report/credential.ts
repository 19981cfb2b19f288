/** What entitles to a report (protocol §4). */
export type Credential =
  /** The number that the health authority gave; spaces and dashes do not matter. */
  | { readonly kind: 'permission'; readonly number: string }
  /** An unlinkable upload token (protocol §6), in base64url. */
  | { readonly kind: 'token'; readonly token: string }
  /** Where the deployment's upload policy allows reports without. */
  | { readonly kind: 'none' };

/** The `Authorization` header, if any. Throws RangeError for a number that is not made of digits. */
export function authorization(credential: Credential): string | undefined {
  switch (credential.kind) {
    case 'permission':
      return `Permission ${digitsOf(credential.number)}`;
    case 'token':
      return `PrivateToken token=${quoted(credential.token)}`;
    case 'none':
      return undefined;
  }
}

function digitsOf(number: string): string {
  const digits = number.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits)) throw new RangeError('a permission number is made of digits');
  return digits;
}

/** An RFC 9110 quoted string: base64url may end in `=`, which a bare token may not hold. */
function quoted(token: string): string {
  if (!/^[\w=-]+$/.test(token)) throw new RangeError('a token is base64url');
  return `"${token}"`;
}
