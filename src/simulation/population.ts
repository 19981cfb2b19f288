import { type Country, modelCountry, type Place, seededRandom, type SeededRandom } from '../planning/index.js';
import { within } from './location.js';
import type { Person } from './person.js';
import type { SimulationSettings } from './settings.js';

const PEOPLE_PER_TOWN = 20;
const TOWN_KM = 3;
const LARGEST_HOUSEHOLD = 4;
/** Share of the people who work in the town where they live; others in one of the nearest. */
const WORK_AT_HOME_TOWN = 0.6;
const NEAR_TOWNS = 4;

export interface Population {
  readonly people: readonly Person[];
  readonly towns: readonly Place[];
}

/** Draws towns where the modelled country's people live, and their inhabitants. */
export function drawPopulation(settings: SimulationSettings): Population {
  const random = seededRandom(settings.seed);
  const country = modelCountry(settings.country, random);
  const towns = drawTowns(country, Math.max(2, Math.round(settings.people / PEOPLE_PER_TOWN)));
  const nearest = towns.map((town) => nearestTo(town, towns));
  const people: Person[] = [];
  for (let household = 0; people.length < settings.people; household++) {
    const town = household % towns.length;
    const home = within(towns[town], TOWN_KM, random);
    const size = 1 + Math.floor(random() * LARGEST_HOUSEHOLD);
    for (let member = 0; member < size && people.length < settings.people; member++) {
      people.push(drawPerson(people.length, { town, household, home }, nearest[town], random));
    }
  }
  return { people, towns };
}

function drawPerson(
  id: number,
  lives: Pick<Person, 'town' | 'household' | 'home'>,
  nearest: readonly number[],
  random: SeededRandom,
): Person {
  const commutes = random() >= WORK_AT_HOME_TOWN;
  const workTown = commutes ? nearest[Math.floor(random() * nearest.length)] : lives.town;
  return { id, ...lives, workTown, given: [], heard: [], lastSeen: new Map() };
}

function drawTowns(country: Country, count: number): Place[] {
  return Array.from({ length: count }, () => country.home());
}

function nearestTo(town: Place, towns: readonly Place[]): number[] {
  const distance = (other: Place) =>
    Math.hypot(other.latitude - town.latitude, (other.longitude - town.longitude) * 0.65);
  return towns
    .map((other, index) => ({ index, away: distance(other) }))
    .sort((a, b) => a.away - b.away)
    .slice(1, 1 + NEAR_TOWNS)
    .map(({ index }) => index);
}
