import type { SlotSummary } from '../../cens/index.js';

export const DAY_SECONDS = 86_400;
const DAYS_PER_MONTH = 30;

/** Start of the first of the `days` UTC days that end with today's. */
export function firstDay(now: number, days: number): number {
  return (Math.floor(now / DAY_SECONDS) - days + 1) * DAY_SECONDS;
}

export function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Days that the sealed slots of a summary cover; a young deployment has fewer than were asked for. */
export function daysCovered({ first, last }: Pick<SlotSummary, 'first' | 'last'>, slotSeconds: number): number {
  return first === null || last === null ? 0 : (last + slotSeconds - first) / DAY_SECONDS;
}

/** What a phone downloads in a day and in a month of thirty, at the rate of `days` with so many bytes. */
export function rate(bytes: number, days: number): { bytesPerDay: number; bytesPerMonth: number } {
  const perDay = days === 0 ? 0 : bytes / days;
  return { bytesPerDay: Math.round(perDay), bytesPerMonth: Math.round(perDay * DAYS_PER_MONTH) };
}
