import { isIP } from 'node:net';
import type { Json } from './canonical-json.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Permission numbers have 8 to 18 digits; Unix seconds have 10. */
const LIKE_A_NUMBER = /^[\d\s-]{8,}$/;
const LIKE_A_DIGEST = /^[0-9a-f]{32,}$|^[A-Za-z0-9_-]{43,}={0,2}$/;
const RANGE = /^[0-9a-f.:]+\/\d{1,3}$/;
const LARGEST = 9_999_999_999;

/** Whether nothing in an entry's details looks like a permission number, a digest, a secret or an address (protocol section 5, invariant 7). */
export function isHarmless(value: Json): boolean {
  if (typeof value === 'number') return Math.abs(value) <= LARGEST;
  if (typeof value === 'string') return UUID.test(value) || !isTelling(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, member]) => isHarmless(member) || (name === 'ranges' && areRanges(member)),
  );
}

/** Address ranges that staff have registered are settings: what was let in must be in the log. */
function areRanges(value: Json): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string' && RANGE.test(text));
}

function isTelling(text: string): boolean {
  return LIKE_A_NUMBER.test(text) || LIKE_A_DIGEST.test(text) || isIP(text.split('/')[0]) !== 0;
}
