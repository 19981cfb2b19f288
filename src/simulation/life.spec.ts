import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { type Place, seededRandom } from '../planning/index.js';
import { CenSource } from './cen-source.js';
import { live } from './life.js';
import { atBorder, fixAt } from './location.js';
import { drawPopulation } from './population.js';
import { DAY_SECONDS, type SimulationSettings } from './settings.js';

const SETTINGS: SimulationSettings = {
  people: 200,
  days: 3,
  seed: 7,
  country: { areaKm2: 300_000, centre: { latitude: 50, longitude: 11 }, urbanShare: 0.75, cities: 10 },
  diagnosedShare: 0.5,
  chaffPerPhone: 0,
  syncHours: 24,
  killEvery: 0,
  concurrency: 1,
};
const MIDNIGHT = 20_000 * DAY_SECONDS;

const cellAt = ({ latitude, longitude }: Place) => BigInt(`0x${latLngToCell(latitude, longitude, 3)}`);

function liveDays(seed: number, days: number) {
  const population = drawPopulation({ ...SETTINGS, seed });
  const random = seededRandom(seed + 1);
  live(population, MIDNIGHT, MIDNIGHT + days * DAY_SECONDS, random, new CenSource(seed));
  return population.people;
}

describe('the people of a simulation', () => {
  it('report a number under a cell that its hearer follows, however wrong both phones are about the place', () => {
    const meetings = liveDays(7, 2).flatMap(({ given }) =>
      given.flatMap(({ cells, heard }) => heard.map((one) => ({ cells, one }))),
    );
    const apart = meetings.filter(({ cells, one }) => !one.cells.some((cell) => cells.includes(cell)));
    const notFollowed = meetings.filter(({ one }) => !one.cells.every((cell) => one.hearer.lastSeen.has(cell)));
    expect(meetings.length).toBeGreaterThan(5000);
    expect([apart.length, notFollowed.length]).toEqual([0, 0]);
  });

  it('meet across the borders of cells', () => {
    const heard = liveDays(7, 2).flatMap((person) => person.heard);
    expect(heard.filter(({ cells }) => cells.length > 1).length).toBeGreaterThan(100);
  });

  it('never give the same number twice', () => {
    const cens = liveDays(7, 1).flatMap(({ heard }) => heard.map(({ cen }) => Buffer.from(cen).toString('hex')));
    expect(new Set(cens).size).toBe(cens.length);
  });

  it('do the same again with the same seed, and other things with another', () => {
    const first = (seed: number) =>
      liveDays(seed, 1).map(({ heard }) => heard.map(({ observedAt, cells }) => [observedAt, ...cells]));
    expect(first(7)).toEqual(first(7));
    expect(first(8)).not.toEqual(first(7));
  });
});

describe('a phone that knows its place only roughly', () => {
  it('takes the cell where it is for possible, at borders too', () => {
    const place = fc.record({
      latitude: fc.double({ min: -70, max: 70, noNaN: true }),
      longitude: fc.double({ min: -170, max: 170, noNaN: true }),
    });
    fc.assert(
      fc.property(place, fc.nat(), (somewhere, seed) => {
        const random = seededRandom(seed);
        const border = atBorder(somewhere, random);
        const isFollowed = (here: Place) => fixAt(here, random).followed.includes(cellAt(here));
        return isFollowed(border) && isFollowed(somewhere);
      }),
      { numRuns: 300 },
    );
  });
});
