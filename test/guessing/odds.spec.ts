import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedSuccesses, guessesLetThrough } from '../../src/permissions/attempts/guessing-odds.js';
import { numberFrom, parseNumber } from '../../src/permissions/number-format.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { seededRandom } from '../../src/planning/random.js';
import { simulateGuesser } from '../support/guesser.js';

const HOURS = 24;
const LIVE = 10_000;
/** Guesses that a server would answer without limits, from wherever they come. */
const PER_SECOND_WITHOUT = 1000;
const TOLERANCE = 0.05;

const config = loadConfig({});
const limits = {
  perHour: config.failedAttemptsPerHour,
  burst: config.failedAttemptsBurst,
  alarm: config.failedAttemptsAlarm,
  tightening: config.failedAttemptsTightening,
};

const simulated = new Map<number, number>();
beforeAll(() => {
  for (const networks of [1, 100, 10_000]) simulated.set(networks, simulateGuesser(config, { networks, hours: HOURS }));
});

test.each([1, 100, 10_000])('from %d networks as many guesses are let through as the closed form says', (networks) => {
  const closed = guessesLetThrough(limits, { networks, hours: HOURS });
  expect(Math.abs(simulated.get(networks)! / closed - 1)).toBeLessThan(TOLERANCE);
});

test('with all networks that there are, a guesser finds less than two of 10,000 live numbers in a day', () => {
  const guesses = guessesLetThrough(limits, { networks: 2 ** 40, hours: HOURS });
  expect(expectedSuccesses(guesses, LIVE, config.permissionDigits)).toBeLessThan(2);
});

test('other settings are foreseen as well', () => {
  for (const [perHour, burst, alarm, tightening] of [
    ['10', '10', '0', '1'],
    ['600', '50', '500', '10'],
    ['30', '200', '5000', '100'],
  ]) {
    const other = loadConfig({
      FAILED_ATTEMPTS_PER_HOUR: perHour,
      FAILED_ATTEMPTS_BURST: burst,
      FAILED_ATTEMPTS_ALARM: alarm,
      FAILED_ATTEMPTS_TIGHTENING: tightening,
    });
    const rule = { perHour: +perHour!, burst: +burst!, alarm: +alarm!, tightening: +tightening! };
    for (const networks of [1, 30, 400]) {
      const closed = guessesLetThrough(rule, { networks, hours: HOURS });
      const ratio = simulateGuesser(other, { networks, hours: HOURS }) / closed;
      expect([rule, networks, Math.abs(ratio - 1) < 2 * TOLERANCE, ratio]).toEqual([rule, networks, true, ratio]);
    }
  }
});

test('of so many guesses as many are right as the closed form says, with a space that is small enough to see it', () => {
  const digits = 8;
  const random = seededRandom(20_261_126);
  const draw = () => numberFrom(BigInt(Math.floor(random() * 10 ** (digits - 1))), digits);
  const live = new Set<string>();
  while (live.size < LIVE) live.add(draw());
  let right = 0;
  const guess = (): boolean => {
    const parsed = parseNumber(draw(), digits);
    const isRight = parsed.ok && live.delete(parsed.number);
    if (isRight) right++;
    return isRight;
  };
  const guesses = simulateGuesser(config, { networks: 3000, hours: HOURS }, guess);
  const expected = expectedSuccesses(guesses, LIVE, digits);
  expect(expected).toBeGreaterThan(300);
  // Found numbers are live no more, which takes a few per cent off.
  expect(Math.abs(right - expected)).toBeLessThan(5 * Math.sqrt(expected) + 0.03 * expected);
});

test('who does not know the check digit throws nine of ten guesses away before they are looked up', () => {
  const random = seededRandom(7);
  const anyDigits = () => String(Math.floor(random() * 1e12)).padStart(12, '0');
  const tried = 20_000;
  const wellFormed = Array.from({ length: tried }, anyDigits).filter((text) => parseNumber(text, 12).ok).length;
  expect(Math.abs(wellFormed / tried - 0.1)).toBeLessThan(0.01);
});

test('the table of the threat model says what is computed here', () => {
  const document = readFileSync(join(__dirname, '../../docs/threat-model.md'), 'utf8');
  const figure = (value: number): string =>
    value >= 100 ? Math.round(Number(value.toPrecision(3))).toLocaleString('en') : String(Number(value.toPrecision(2)));
  const rows = [...simulated].map(([networks, guesses]) => {
    const closed = guessesLetThrough(limits, { networks, hours: HOURS });
    const successes = (count: number) => expectedSuccesses(count, LIVE, config.permissionDigits);
    const cells = [networks, guesses, closed, successes(guesses), successes(closed)].map(figure);
    return `| ${cells.join(' | ')} |`;
  });
  const without = PER_SECOND_WITHOUT * HOURS * 3600;
  rows.push(`| any, without limits | – | ${figure(without)} | – | ${figure(expectedSuccesses(without, LIVE, 12))} |`);
  expect(rows.filter((row) => !document.includes(row))).toEqual([]);
});
