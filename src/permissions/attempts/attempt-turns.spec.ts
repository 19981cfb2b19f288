import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { AttemptTurns } from './attempt-turns.js';

const COUNTER = 7;

/** Attempts that may fail before the counter is full, and what became of some that all come at once. */
async function run(places: number, outcomes: readonly boolean[], order: readonly number[]) {
  let failures = 0;
  let looking = 0;
  let [heard, refused, mostAtOnce] = [0, 0, 0];
  const turns = new AttemptTurns((_, unresolved) => (failures + unresolved < places ? 0 : 60));
  const resolve: (() => void)[] = [];
  const attempts = outcomes.map(async (fails) => {
    if ((await turns.enter(COUNTER)) > 0) {
      refused++;
      return;
    }
    heard++;
    mostAtOnce = Math.max(mostAtOnce, ++looking + failures);
    await new Promise<void>((go) => resolve.push(go));
    looking--;
    if (fails) failures++;
    turns.leave(COUNTER);
  });
  for (let next = 0; heard + refused < outcomes.length || resolve.length > 0; next++) {
    await tick();
    resolve.splice((order[next] ?? 0) % Math.max(1, resolve.length), 1)[0]?.();
    await tick();
  }
  await Promise.all(attempts);
  return { failures, heard, refused, mostAtOnce };
}

test('of attempts that come at once, as many fail as there is room for, and none that is right is refused before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.boolean(), { maxLength: 30 }),
      fc.array(fc.nat(20)),
      async (places, outcomes, order) => {
        const { failures, heard, refused, mostAtOnce } = await run(places, outcomes, order);
        expect(failures).toBeLessThanOrEqual(places);
        expect(mostAtOnce).toBeLessThanOrEqual(places);
        expect(heard + refused).toBe(outcomes.length);
        if (refused > 0) expect(failures).toBe(places);
        if (outcomes.filter((fails) => fails).length < places) expect(refused).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

test('one counter does not wait for another', async () => {
  const turns = new AttemptTurns((_, unresolved) => (unresolved === 0 ? 0 : 1));
  expect(await turns.enter(1)).toBe(0);
  expect(await turns.enter(2)).toBe(0);
  const waits = turns.enter(1);
  turns.leave(2);
  expect(await Promise.race([waits, tick('still waiting')])).toBe('still waiting');
  turns.leave(1);
  expect(await waits).toBe(0);
});
