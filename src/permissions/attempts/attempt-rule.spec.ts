import fc from 'fast-check';
import {
  type AttemptLimits,
  costInTotal,
  costOfFailure,
  isAttacked,
  secondsToWait,
  shareOfAlarm,
} from './attempt-rule.js';

const HOUR = 3600;
const NOON = 1_931_000_000;

const limits = fc
  .record({
    perHour: fc.integer({ min: 1, max: 5000 }),
    burst: fc.integer({ min: 1, max: 500 }),
    alarm: fc.integer({ min: 0, max: 100_000 }),
    tightening: fc.integer({ min: 1, max: 100 }),
  })
  .map((any): AttemptLimits => ({ ...any, tightening: Math.min(any.tightening, any.burst) }));

/** Somebody who tries at these intervals, and fails each time; whether there is an attack is as chance has it. */
const tries = fc.array(fc.record({ pause: fc.double({ min: 0, max: HOUR, noNaN: true }), attacked: fc.boolean() }), {
  maxLength: 300,
});

function failures(rule: AttemptLimits, sequence: readonly { pause: number; attacked: boolean }[]): number[] {
  const heard: number[] = [];
  let [now, clearAt] = [NOON, 0];
  for (const { pause, attacked } of sequence) {
    now += pause;
    if (secondsToWait(rule, { clearAt, now, attacked, unresolved: 0 }) > 0) continue;
    clearAt = Math.max(clearAt, now) + costOfFailure(rule, attacked);
    heard.push(now);
  }
  return heard;
}

test('of any stretch of time, no more failures are let through than the burst and what is forgiven in it', () => {
  fc.assert(
    fc.property(limits, tries, (rule, sequence) => {
      const heard = failures(rule, sequence);
      for (let first = 0; first < heard.length; first++) {
        for (let last = first; last < heard.length; last++) {
          const forgiven = ((heard[last] - heard[first]) / HOUR) * rule.perHour;
          expect(last - first + 1).toBeLessThanOrEqual(rule.burst + forgiven + 0.01);
        }
      }
    }),
  );
});

test('under attack it is as many fewer as a failure counts for more, but never none', () => {
  fc.assert(
    fc.property(limits, tries, (rule, sequence) => {
      const heard = failures(
        rule,
        sequence.map(({ pause }) => ({ pause, attacked: true })),
      );
      const elapsed = sequence.reduce((sum, { pause }) => sum + pause, 0);
      const most = (rule.burst + (elapsed / HOUR) * rule.perHour) / rule.tightening;
      expect(heard.length).toBeLessThanOrEqual(most + 0.01);
      if (sequence.length > 0) expect(heard.length).toBeGreaterThan(0);
    }),
  );
});

test('a network that has not failed is let through, whatever the others do', () => {
  fc.assert(
    fc.property(limits, fc.boolean(), fc.double({ min: 0, max: NOON, noNaN: true }), (rule, attacked, clearAt) => {
      expect(secondsToWait(rule, { clearAt, now: NOON, attacked, unresolved: 0 })).toBe(0);
    }),
  );
});

test('who waits as long as is said is let through, and who comes earlier is not', () => {
  fc.assert(
    fc.property(
      limits,
      fc.boolean(),
      fc.nat(5),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (rule, attacked, unresolved, debt) => {
        const ask = (now: number) => secondsToWait(rule, { clearAt: NOON + debt, now, attacked, unresolved });
        const seconds = ask(NOON);
        fc.pre(seconds > 0.1 && unresolved * costOfFailure(rule, attacked) < (HOUR / rule.perHour) * rule.burst);
        expect(ask(NOON + seconds - 0.1)).toBeGreaterThan(0);
        if (seconds <= debt) expect(ask(NOON + seconds)).toBe(0);
      },
    ),
  );
});

test('so many failures in an hour are an attack, one fewer are not, and none is where the alarm is off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100_000 }), (alarm) => {
      const after = (count: number) => NOON + count * costInTotal({ alarm });
      expect(isAttacked({ alarm }, after(alarm), NOON)).toBe(true);
      expect(isAttacked({ alarm }, after(alarm - 1), NOON)).toBe(false);
      expect(shareOfAlarm(after(alarm), NOON)).toBeCloseTo(1, 6);
    }),
  );
  expect(isAttacked({ alarm: 0 }, NOON + 1e6, NOON)).toBe(false);
  expect(costInTotal({ alarm: 0 })).toBe(0);
});
