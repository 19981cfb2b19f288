/** Seconds of a UTC day; Unix time has no leap seconds. */
export const DAY_SECONDS = 86_400;

/** Start of the last slot that has ended at `now` (Unix seconds). */
export function lastEndedSlot(now: number, slotSeconds: number): number {
  return Math.floor(now / slotSeconds) * slotSeconds - slotSeconds;
}

/** The UTC day, as the Unix second at which it starts, of a moment. */
export function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;
}

/** Whether no later slot can start in this day once `latest` is sealed: its last slot is `latest` or before it. */
export function isDayComplete(day: number, latest: number, slotSeconds: number): boolean {
  return latest >= day + DAY_SECONDS - slotSeconds;
}

/** Start of the oldest UTC day whose batches are still served at `now` (protocol section 1, retention). */
export function oldestLiveDay(now: number, retentionDays: number): number {
  return dayOf(now) - (retentionDays - 1) * DAY_SECONDS;
}

/** Starts of the UTC days from `first` to the one of `moment`. */
export function daysUpTo(first: number, moment: number): number[] {
  return Array.from(
    { length: Math.max(0, (dayOf(moment) - first) / DAY_SECONDS + 1) },
    (_, i) => first + i * DAY_SECONDS,
  );
}

/** `YYYY-MM-DD` of a UTC day. */
export function formatDay(day: number): string {
  return new Date(day * 1000).toISOString().slice(0, 10);
}

/** The Unix second at which a `YYYY-MM-DD` starts; nothing when there is no such date. */
export function parseDay(text: string): number | undefined {
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = milliseconds / 1000;
  return formatDay(day) === text ? day : undefined;
}
