import { formatNumber } from '../number-format.js';
import type { MintedOrder } from './mint.js';

/**
 * An order as CSV (RFC 4180). Numbers are in groups, as they are printed: a spreadsheet then takes them for text and keeps leading
 * zeros. No cell begins with a sign that a spreadsheet takes for a formula, and none holds anything that somebody has typed.
 */
export function numberList({ numbers, expiresAt }: Pick<MintedOrder, 'numbers' | 'expiresAt'>): string {
  const validUntil = new Date(expiresAt * 1000).toISOString().replace('.000Z', 'Z');
  const lines = ['number,valid_until', ...numbers.map((number) => `${formatNumber(number)},${validUntil}`)];
  return lines.map((line) => `${line}\r\n`).join('');
}
