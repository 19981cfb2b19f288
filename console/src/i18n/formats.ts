import type { Language } from './languages.js';

/** One sentence for each plural category that the language has, with `#` where the number goes. */
export type PluralForms = { readonly one: string; readonly other: string } & Partial<
  Record<Exclude<Intl.LDMLPluralRule, 'one' | 'other'>, string>
>;

/** A day as the API writes it: YYYY-MM-DD, UTC. */
type Day = string;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** The browser's own flavour of a language, such as en-GB with its dates, where it has one. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}

/**
 * How a language writes numbers, plurals and times. Times are Unix seconds, shown in the browser's time zone; days are UTC.
 * @param locale a flavour of the language
 */
export function formatsOf(language: Language, locale: string = language) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(locale);
  const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dateTimeFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const whenFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (name: string, value: number, unitDisplay: 'long' | 'short' = 'long'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 }).format(value);

  return {
    language,
    number: (value: number): string => numbers.format(value),
    percent: (share: number): string =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    plural: (count: number, forms: PluralForms): string =>
      (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count)),
    day: (day: Day): string => dayFormat.format(new Date(`${day}T00:00:00Z`)),
    shortDay: (day: Day): string => shortDayFormat.format(new Date(`${day}T00:00:00Z`)),
    dateTime: (seconds: number): string => dateTimeFormat.format(seconds * 1000),
    time: (seconds: number): string => timeFormat.format(seconds * 1000),
    /** "Friday, 14:00". */
    when: (seconds: number): string => whenFormat.format(seconds * 1000),
    /** "3 hours ago", "in 2 days". @param seconds negative for the past */
    relative: (seconds: number): string => {
      const [size, name] = largestUnit(Math.abs(seconds));
      return relative.format(Math.round(seconds / size), name);
    },
    /** "23 hours": for a clock, see {@link clockOf}. */
    duration: (seconds: number): string => {
      const [size, name] = largestUnit(seconds);
      return unit(name, Math.round(seconds / size));
    },
    list: (items: readonly string[]): string => lists.format(items),
    bytes: (bytes: number): string => {
      const step = [
        [1e9, 'gigabyte'],
        [1e6, 'megabyte'],
        [1e3, 'kilobyte'],
      ].find(([size]) => bytes >= (size as number)) as [number, string] | undefined;
      return step === undefined ? unit('byte', bytes, 'short') : unit(step[1], bytes / step[0], 'short');
    },
  };
}

export type Formats = ReturnType<typeof formatsOf>;

function largestUnit(seconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  if (seconds >= 2 * DAY) return [DAY, 'day'];
  if (seconds >= HOUR) return [HOUR, 'hour'];
  if (seconds >= MINUTE) return [MINUTE, 'minute'];
  return [1, 'second'];
}

/** "23:59:04", the same in every language. */
export function clockOf(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(left / HOUR), Math.floor(left / MINUTE) % 60, left % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
