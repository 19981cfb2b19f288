import fc from 'fast-check';
import { AttemptLedger } from './attempt-ledger.js';

const NOON = 1_931_000_000;

/** Postgres, as replicas see it: adds, and tells what the sum is. */
class Shared {
  clearAt = 0;
  add(seconds: number, now: number): number {
    return (this.clearAt = Math.max(this.clearAt, now) + seconds);
  }
}

function exchange(ledger: AttemptLedger, shared: Shared, now: number): void {
  for (const { seconds } of ledger.takeUnshared()) shared.add(seconds, now);
  ledger.learn(0, shared.clearAt, now);
}

test('replicas that exchange what they have counted agree, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 60 }), (steps) => {
      const shared = new Shared();
      const replicas = [new AttemptLedger(1), new AttemptLedger(1), new AttemptLedger(1)];
      let counted = 0;
      for (const [index, exchanges] of steps) {
        if (exchanges) exchange(replicas[index], shared, NOON);
        else {
          replicas[index].count(0, NOON, 60);
          counted++;
        }
      }
      for (const ledger of [...replicas, ...replicas]) exchange(ledger, shared, NOON);
      const expected = counted === 0 ? 0 : NOON + counted * 60;
      expect(shared.clearAt).toBe(expected);
      expect(replicas.map((ledger) => ledger.clearAt(0))).toEqual([expected, expected, expected]);
    }),
  );
});

test('what could not be told is told the next time', () => {
  const ledger = new AttemptLedger(4);
  ledger.count(2, NOON, 60);
  const taken = ledger.takeUnshared();
  ledger.count(2, NOON, 60);
  ledger.count(3, NOON, 60);
  ledger.keepUnshared(taken);
  expect(ledger.takeUnshared()).toEqual(
    expect.arrayContaining([
      { counter: 2, seconds: 120 },
      { counter: 3, seconds: 60 },
    ]),
  );
  expect(ledger.takeUnshared()).toEqual([]);
});

test('a crash of Postgres, which empties its counters, makes nobody forget who runs on', () => {
  const ledger = new AttemptLedger(1);
  ledger.count(0, NOON, 600);
  exchange(ledger, new Shared(), NOON);
  exchange(ledger, new Shared(), NOON);
  expect(ledger.clearAt(0)).toBe(NOON + 600);
});

test('a debt is bounded where a bound is set', () => {
  const ledger = new AttemptLedger(1, 7200);
  for (let time = 0; time < 9; time++) ledger.count(0, NOON, 1000);
  expect(ledger.clearAt(0)).toBe(NOON + 7200);
  ledger.learn(0, NOON + 50_000, NOON);
  expect(ledger.clearAt(0)).toBe(NOON + 7200);
});
