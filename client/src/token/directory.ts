import { fromBase64Url } from '../bytes.js';
import { DocumentError } from '../documents/document-error.js';
import { asArray, asCount, asObject, asString } from '../documents/fields.js';
import { modulusOf } from './rsa.js';

/** What the issuer directory (RFC 9578 §4) says, as far as a client needs it. */
export interface IssuerDirectory {
  /** Where tokens are asked for: a path of the server. */
  readonly requestPath: string;
  /** Name of issuer and origin. */
  readonly name: string;
  /** SubjectPublicKeyInfo (DER) of the key that issues now. */
  readonly publicKey: Uint8Array;
}

/** Blind RSA, 2048 bit. */
export const TOKEN_TYPE = 2;

/**
 * Reads the directory, whose signature the caller has verified, and takes the first key whose time has come. More than two keys
 * would tell people apart by their tokens, and are refused. Throws DocumentError `bad-keys`.
 */
export function parseDirectory(body: string, now: number): IssuerDirectory {
  try {
    const directory = asObject(JSON.parse(body), 'the directory');
    const uri = new URL(asString(directory['issuer-request-uri'], 'issuer-request-uri'));
    const keys = asArray(directory['token-keys'], 'token-keys')
      .map((key) => asObject(key, 'key'))
      .filter((key) => key['token-type'] === TOKEN_TYPE);
    if (keys.length > MOST_KEYS) throw new RangeError(`more than ${MOST_KEYS} keys`);
    // Where this phone's clock is behind, none may have begun: the last is then the one that has.
    const key = keys.find((one) => asCount(one['not-before'] ?? 0, 'not-before') <= now) ?? keys.at(-1);
    const publicKey = fromPaddedBase64Url(asString(key?.['token-key'], 'token-key'));
    modulusOf(publicKey);
    return { requestPath: uri.pathname, name: uri.host, publicKey };
  } catch (error) {
    throw new DocumentError('bad-keys', (error as Error).message);
  }
}

const MOST_KEYS = 2;

function fromPaddedBase64Url(text: string): Uint8Array {
  return fromBase64Url(text.replace(/={1,2}$/, ''));
}
