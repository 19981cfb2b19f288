import fc from 'fast-check';
import { WriteVolume } from './write-volume.js';

const HOUR = 3600;
const NOON = 1_931_000_000;

test('of any hour no more is taken than was set, and a tenth at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 2000 }),
      fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 500 }),
      (perHour, pauses) => {
        const volume = new WriteVolume(1, perHour);
        const taken: number[] = [];
        let now = NOON;
        for (const pause of pauses) if (volume.take(0, (now += pause)) === 0) taken.push(now);
        for (const [index, first] of taken.entries()) {
          const within = taken.slice(index).filter((at) => at <= first + HOUR).length;
          expect(within).toBeLessThanOrEqual(perHour * 1.1 + 1);
        }
      },
    ),
    { numRuns: 50 },
  );
  const volume = new WriteVolume(1, 100);
  expect(Array.from({ length: 12 }, () => volume.take(0, NOON) === 0).filter((taken) => taken)).toHaveLength(10);
});

test('the phones of a whole country behind one carrier, a million a day with three times as many at noon, are taken', () => {
  const volume = new WriteVolume(1, 200_000);
  const perSecond = (3 * 1_000_000) / 86_400;
  for (let upload = 0; upload < 3 * HOUR * perSecond; upload++) {
    if (volume.take(0, NOON + upload / perSecond) > 0) throw new Error(`upload ${upload} was refused`);
  }
});

test('who is told to wait is taken afterwards, others were never asked to, and 0 is no limit', () => {
  const volume = new WriteVolume(2, 60);
  while (volume.take(0, NOON) === 0);
  const seconds = volume.take(0, NOON);
  expect(volume.take(1, NOON)).toBe(0);
  expect(volume.take(0, NOON + seconds - 1)).toBeGreaterThan(0);
  expect(volume.take(0, NOON + seconds + 0.001)).toBe(0);
  const free = new WriteVolume(1, 0);
  expect(Array.from({ length: 10_000 }, () => free.take(0, NOON)).every((wait) => wait === 0)).toBe(true);
});
