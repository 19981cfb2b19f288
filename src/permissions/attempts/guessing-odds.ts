import { COUNTERS } from './attempt-day.js';
import { type AttemptLimits, costOfFailure } from './attempt-rule.js';

const HOUR_SECONDS = 3600;

/** Somebody who tries numbers from many networks at once, as often as each is let through, and computes the check digits. */
export interface Guesser {
  /** Their /24s of IPv4 and /48s of IPv6. */
  readonly networks: number;
  readonly hours: number;
}

/**
 * How many guesses are let through at most, in closed form; a simulation on the rule itself is held against it.
 *
 * A counter lets through its burst and what is forgiven. From so many counters that all together would reach the alarm,
 * what counts is the alarm: an hour's worth at first, then what the total forgives. From still more, each counter lets
 * its share through, as many times smaller as a failure counts for more. While one attempt-day key lasts; with a new key
 * each counter lets its burst through once more.
 */
export function guessesLetThrough(limits: AttemptLimits, { networks, hours }: Guesser): number {
  const counters = distinctCounters(networks);
  const perCounter = (isAttacked: boolean) =>
    (limits.burst * costOfFailure(limits, false) + hours * HOUR_SECONDS) / costOfFailure(limits, isAttacked);
  const unhindered = counters * perCounter(false);
  if (limits.alarm === 0) return unhindered;
  const belowAlarm = limits.alarm * (1 + hours);
  return Math.min(unhindered, Math.max(belowAlarm, limits.alarm + counters * perCounter(true)));
}

/** Live numbers that so many different guesses find: each of 10^(digits − 1) numbers with a right check digit is as likely. */
export function expectedSuccesses(guesses: number, liveNumbers: number, digits: number): number {
  return (Math.min(guesses, 10 ** (digits - 1)) * liveNumbers) / 10 ** (digits - 1);
}

/** Counters that so many networks share, on average: not even all addresses there are have more than 65,536. */
export function distinctCounters(networks: number): number {
  return COUNTERS * (1 - (1 - 1 / COUNTERS) ** networks);
}
