import type { StatisticsDay } from './statistics.js';

const COLUMNS = ['date', 'minted', 'revocations', 'redeemed', 'expired'] as const satisfies (keyof StatisticsDay)[];

/** A header and a line for each day (RFC 4180). Dates and numbers need no quotes. */
export function toCsv(days: readonly StatisticsDay[]): string {
  const lines = days.map((day) => COLUMNS.map((column) => day[column]).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}
