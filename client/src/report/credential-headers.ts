import { authorization } from './credential.js';
import type { Credential } from './credential.js';

/** What chaff is to look like. */
export interface Disguise {
  readonly like: 'permission' | 'token';
  /** Of a permission number: deployments choose its length (`permissionDigits` of `GET /v1`). */
  readonly digits: number;
}

/** Digits of a permission number where `GET /v1` does not tell. */
export const USUAL_DIGITS = 12;
const CHAFF_DIGITS = 12;
/** Of base64url: 354 bytes. */
const TOKEN_CHARACTERS = 472;

/**
 * What HTTP/2 and HTTP/3 make of a header: bits of the Huffman code (RFC 7541 appendix B) for each character that a credential or its
 * padding may hold.
 */
const BITS = new Map(
  Object.entries({
    5: '012aceiost',
    6: ' -3456789=A_bdfghlmnpru',
    7: 'BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz',
    8: 'XZ',
    10: '"',
  }).flatMap(([bits, characters]) => Array.from(characters, (character) => [character, Number(bits)] as const)),
);
const LONG = 'XZ';
const SHORT = '012';

/** Below 127, so that its length is told in one byte (RFC 7541 section 5.1). */
const PADDING_CHARACTERS = 120;

/**
 * The headers of a credential. `CEN-Padding`, which the server passes over, makes all that could be taken for one another equally long, as
 * text and in the Huffman code of HTTP/2 and 3: it has always as many characters, of which some have 8 bits and some 5.
 * Throws RangeError as `authorization` does.
 */
export function credentialHeaders(credential: Credential): Record<string, string> {
  const value = authorization(credential);
  return value === undefined ? {} : padded(value);
}

/** `Chaff` and twelve random digits: what the server takes for cover traffic. Spaces make it as long as what it is to look like. */
export function chaffHeaders(disguise: Disguise): Record<string, string> {
  const digits = Array.from(crypto.getRandomValues(new Uint32Array(CHAFF_DIGITS)), (number) => number % 10).join('');
  return padded(`Chaff${digits.padStart(lengthOf(disguise) - 'Chaff'.length)}`);
}

function lengthOf({ like, digits }: Disguise): number {
  return like === 'token' ? 'PrivateToken token=""'.length + TOKEN_CHARACTERS : 'Permission '.length + digits;
}

function padded(value: string): Record<string, string> {
  // 6.65 bits a character: more than any value of this length has, chaff or not (a token has 6.39 on average, and 6.65 is ten deviations off).
  const bytes = Math.ceil((value.length * 6.65) / 8) - huffmanBytes(value) + Math.ceil((PADDING_CHARACTERS * 5) / 8);
  return { Authorization: value, 'CEN-Padding': paddingOf(bytes) };
}

function huffmanBytes(text: string): number {
  return Math.ceil(Array.from(text).reduce((bits, character) => bits + BITS.get(character)!, 0) / 8);
}

/** So many bytes in Huffman code, in random order: compression by what came before finds nothing in it. */
function paddingOf(bytes: number): string {
  const short = Math.ceil((PADDING_CHARACTERS * 8 - bytes * 8) / 3);
  const random = crypto.getRandomValues(new Uint32Array(2 * PADDING_CHARACTERS));
  const order = Array.from({ length: PADDING_CHARACTERS }, (_, place) => place).sort((a, b) => random[a] - random[b]);
  return order
    .map((rank, place) => {
      const alphabet = rank < short ? SHORT : LONG;
      return alphabet[random[PADDING_CHARACTERS + place] % alphabet.length];
    })
    .join('');
}
