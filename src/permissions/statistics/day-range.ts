/** UTC dates `YYYY-MM-DD`, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** For how many days counts are kept, and the most that one question may cover. */
export const STATISTICS_DAYS = 400;

const DAY_MS = 86_400_000;

/** How many days a range covers. */
export function lengthOf({ from, to }: DayRange): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}

/** The range of `days` days that ends at `to`. */
export function daysUpTo(to: string, days: number): DayRange {
  return { from: formatDate(Date.parse(to) - (days - 1) * DAY_MS), to };
}

/** Every day of a range, ascending. */
export function datesOf(range: DayRange): string[] {
  const first = Date.parse(range.from);
  return Array.from({ length: lengthOf(range) }, (_, day) => formatDate(first + day * DAY_MS));
}

/** The UTC date of a moment in Unix seconds. */
export function dateOf(seconds: number): string {
  return formatDate(seconds * 1000);
}

function formatDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
