import { damm } from './damm.js';

/** A permission number that is well formed: only digits, the right length, the right check digit. */
export type PermissionNumber = string & { readonly __brand: 'PermissionNumber' };

export type ParsedNumber =
  | { readonly ok: true; readonly number: PermissionNumber }
  | {
      readonly ok: false;
      readonly problem: 'malformed' | 'wrong-check-digit';
      /** A sentence for the person who typed it; never holds the number. */
      readonly fault: string;
    };

/** Far above any number with separators: a longer text is not looked at. */
const MAX_TEXT_LENGTH = 64;

/** What people put between groups: white space, hyphens and dashes of Unicode, the minus sign. */
const SEPARATORS = /[\s\u002d\u2010-\u2015\u2212]/g;

/** Reads what somebody typed or sent, a check digit included in `digits` (protocol section 5). */
export function parseNumber(text: string, digits: number): ParsedNumber {
  const bare = text.length <= MAX_TEXT_LENGTH ? text.replace(SEPARATORS, '') : '';
  if (bare.length !== digits || !/^[0-9]+$/.test(bare)) {
    return { ok: false, problem: 'malformed', fault: `A permission number has ${digits} digits.` };
  }
  // Damm: a number followed by its own check digit checks to 0.
  if (damm(bare) !== 0) {
    return {
      ok: false,
      problem: 'wrong-check-digit',
      fault: 'This permission number has a wrong digit: check each one.',
    };
  }
  return { ok: true, number: bare as PermissionNumber };
}

/** The number of `digits` digits whose random part is `random`, which must be below 10^(digits − 1). */
export function numberFrom(random: bigint, digits: number): PermissionNumber {
  const part = random.toString().padStart(digits - 1, '0');
  return `${part}${damm(part)}` as PermissionNumber;
}

/** The number as people read it: groups of at most four digits, as equal as they can be; 4-4-4 for 12 digits. */
export function formatNumber(number: PermissionNumber): string {
  const groups = Math.ceil(number.length / 4);
  const boundary = (group: number) => Math.ceil((group * number.length) / groups);
  return Array.from({ length: groups }, (_, group) => number.slice(boundary(group), boundary(group + 1))).join('-');
}
