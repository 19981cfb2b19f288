import fc from 'fast-check';
import { DAY_SECONDS, dayOf, formatDay, isDayComplete, lastEndedSlot, oldestLiveDay, parseDay } from './slot.js';
import { daysFinishedBy } from './sealing/day-finisher.js';
import { clockFault } from './sealing/clock-guard.js';

const slotSeconds = fc.constantFrom(1, 60, 300, 3600, 86_400);
const moment = fc.integer({ min: 10 * DAY_SECONDS, max: 4_000_000_000 });

describe('a slot', () => {
  it('is the last one that has ended: aligned, and over for less than its own length', () => {
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 0.999, noNaN: true }), slotSeconds, (second, fraction, length) => {
        const now = second + fraction;
        const slot = lastEndedSlot(now, length);
        expect(slot % length).toBe(0);
        expect(now - (slot + length)).toBeGreaterThanOrEqual(0);
        expect(now - (slot + length)).toBeLessThan(length);
      }),
    );
  });
});

describe('retention', () => {
  it('keeps a batch until 00:00 UTC, 21 days after the date of its slot, to the second', () => {
    fc.assert(
      fc.property(moment, (start) => {
        const expiry = dayOf(start) + 21 * DAY_SECONDS;
        expect(dayOf(start) >= oldestLiveDay(expiry - 0.001, 21)).toBe(true);
        expect(dayOf(start) >= oldestLiveDay(expiry, 21)).toBe(false);
      }),
    );
  });
});

describe('a day', () => {
  it('is written as a date and read again, and nothing else is', () => {
    fc.assert(fc.property(moment.map(dayOf), (day) => expect(parseDay(formatDay(day))).toBe(day)));
    for (const text of ['2031-02-29', '2031-13-01', '2031-00-10', 'x', '2031-03-1', ''])
      expect(parseDay(text)).toBeUndefined();
  });

  it('is finished by the first sealed slot that is its last or later, once', () => {
    fc.assert(
      fc.property(slotSeconds, fc.array(fc.nat(200), { minLength: 1, maxLength: 30 }), (length, steps) => {
        const starts = [100 * DAY_SECONDS];
        for (const step of steps) starts.push(starts.at(-1)! + (1 + step) * length);
        const finished = starts.flatMap((start, index) => daysFinishedBy(starts[index - 1], start, length));
        const complete: number[] = [];
        for (let day = dayOf(starts[0]!); isDayComplete(day, starts.at(-1)!, length); day += DAY_SECONDS)
          complete.push(day);
        expect(finished).toEqual(complete);
      }),
    );
  });
});

describe('the clock guard', () => {
  const WEEK = 7 * DAY_SECONDS;
  it.each<[number, number | undefined, boolean]>([
    [1000, undefined, true],
    [1000, 1000, true],
    [1000 + WEEK, 1000, true],
    [1000 + WEEK + 0.5, 1000, false],
    [999.5, 1000, false],
  ])('at %d after a sealing at %p: trusted %s', (now, baseline, trusted) => {
    expect(clockFault(now, baseline) === undefined).toBe(trusted);
  });
});
