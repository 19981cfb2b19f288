import { createHash } from 'node:crypto';
import { FINGERPRINT_BYTES, LONG_PASSWORDS, WORDS } from './common-passwords.js';

/**
 * NIST SP 800-63B-4 section 3.1.1.2 asks for 8 with a second factor and 15 without; 12 and a list of common ones is what
 * both kinds of members of a health authority can live with. No rule of composition, no expiry.
 */
export const MIN_PASSWORD_LENGTH = 12;
/** So that hashing stays bounded. */
export const MAX_PASSWORD_LENGTH = 256;

const SHORTEST_UNIT = 6;

/** The text of which the hash is taken: people type the same character in several ways (NIST SP 800-63B-4 section 3.1.1.2). */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

/** Why a password cannot be chosen; undefined if it can. */
export function passwordFault(password: string, login: string): string | undefined {
  const text = normalisePassword(password);
  const length = [...text].length;
  if (length < MIN_PASSWORD_LENGTH) return `Take at least ${MIN_PASSWORD_LENGTH} characters.`;
  if (length > MAX_PASSWORD_LENGTH) return `Take at most ${MAX_PASSWORD_LENGTH} characters.`;
  const lower = text.toLowerCase();
  if (lower.includes(login.toLowerCase())) return 'Leave the login out of it.';
  return isCommon(lower) || isPadded(lower) || isRepeated(lower) || isSequence(lower)
    ? 'Too common: it is among the first that anybody would try.'
    : undefined;
}

function isCommon(text: string): boolean {
  return longPasswords.has(fingerprint(text));
}

/** `password2026!!`, `24.12.1964-1999`: one common word with digits and signs around it, or a date or telephone number. */
function isPadded(text: string): boolean {
  const word = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  return words.has(fingerprint(word)) || /^[\d\s./-]+$/.test(text);
}

/** `secretsecret`, `ababababab`: less than it seems. */
function isRepeated(text: string): boolean {
  const [, unit] = /^(.+?)\1+$/s.exec(text) ?? [];
  return unit !== undefined && (unit.length < SHORTEST_UNIT || words.has(fingerprint(unit)));
}

/** `abcdefghijkl`, `987654321098`: each character follows the last in the same direction. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((letter, i) => (letter.charCodeAt(0) - text.charCodeAt(i) + 10) % 10);
  return steps.every((step) => step === steps[0]) && (steps[0] === 1 || steps[0] === 9);
}

const longPasswords = parse(LONG_PASSWORDS);
const words = parse(WORDS);

function parse(base64: string): ReadonlySet<string> {
  const bytes = Buffer.from(base64, 'base64');
  const count = bytes.length / FINGERPRINT_BYTES;
  return new Set(
    Array.from({ length: count }, (_, i) => bytes.toString('hex', i * FINGERPRINT_BYTES, (i + 1) * FINGERPRINT_BYTES)),
  );
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest().toString('hex', 0, FINGERPRINT_BYTES);
}
