import { z } from 'zod';
import { COHORT } from './cohorts.js';
import { daysUpTo, type DayRange, lengthOf, STATISTICS_DAYS } from './day-range.js';

/** Without dates: the month up to today. */
const DEFAULT_DAYS = 30;
/** Before anything was counted; also, PostgreSQL knows no year 0. */
const FIRST_DATE = '2000-01-01';

const date = z.iso.date().refine((text) => text >= FIRST_DATE, `must not be before ${FIRST_DATE}`);

/** Which days to show: both dates, or neither. */
export const wantedDays = z
  .strictObject({
    from: date.optional().meta({ description: 'First UTC day', example: '2031-03-09' }),
    to: date.optional().meta({ description: 'Last UTC day, included', example: '2031-03-10' }),
  })
  .superRefine(({ from, to }, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (from === undefined && to === undefined) return;
    if (from === undefined) return fault('from', 'is needed where `to` is given');
    if (to === undefined) return fault('to', 'is needed where `from` is given');
    if (to < from) return fault('to', 'must not be before `from`');
    if (lengthOf({ from, to }) > STATISTICS_DAYS) fault('from', `must be within ${STATISTICS_DAYS} days of \`to\``);
  });

/** @param today UTC date */
export function rangeOf({ from, to }: z.output<typeof wantedDays>, today: string): DayRange {
  return from === undefined || to === undefined ? daysUpTo(today, DEFAULT_DAYS) : { from, to };
}

const count = z.number();

export const statisticsDocument = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    cohort: z.literal(COHORT).meta({ description: 'Redeemed and expired numbers are told in multiples of this' }),
    days: z
      .array(
        z.object({
          date: z.iso.date(),
          minted: count.meta({ description: 'Numbers minted on this day' }),
          revocations: count.meta({ description: 'Numbers of which the revocation was asked for, used or not' }),
          redeemed: count.meta({ description: 'Numbers used, told on the day by whose end a cohort was full' }),
          expired: count.meta({ description: 'Numbers that expired unused, told likewise' }),
        }),
      )
      .meta({ description: 'Every day from `from` to `to`' }),
  })
  .meta({
    example: {
      from: '2031-03-09',
      to: '2031-03-10',
      cohort: COHORT,
      days: [
        { date: '2031-03-09', minted: 120, revocations: 2, redeemed: 80, expired: 20 },
        { date: '2031-03-10', minted: 35, revocations: 0, redeemed: 0, expired: 0 },
      ],
    },
  });
