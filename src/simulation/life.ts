import { type Place, seededRandom, type SeededRandom } from '../planning/index.js';
import type { CenSource } from './cen-source.js';
import { atBorder, fixAt, within } from './location.js';
import type { Given, Heard, Person } from './person.js';
import type { Population } from './population.js';
import { DAY_SECONDS, HOUR_SECONDS } from './settings.js';

const TRIP_SHARE = 0.03;
const BORDER_SHARE = 0.03;
const WORK_KM = 0.5;
/** CENs that two phones exchange in a meeting, each way: so many, or one fewer. */
const MOST_CENS_PER_MEETING = 3;

/** Where somebody is for some hours, and with whom: those with the same `company`. */
interface Presence {
  readonly person: Person;
  readonly company: string;
  readonly place: Place;
}

/** People stay so long at one place, or a little less. */
const STAY_SECONDS = 3 * HOUR_SECONDS;

/**
 * Lets everybody live from `from` to `to` (Unix seconds): they are at home, at work, in town, on a trip or at a cell's border by
 * the hour of the day, and meet others who are there. Phones that meet give each other CENs, and both keep what they heard.
 */
export function live(population: Population, from: number, to: number, random: SeededRandom, cens: CenSource): void {
  const stays = Math.ceil((to - from) / STAY_SECONDS);
  const length = (to - from) / stays;
  for (let stay = 0; stay < stays; stay++) {
    liveAtOnePlace(population, from + stay * length, from + (stay + 1) * length, random, cens);
  }
}

function liveAtOnePlace(population: Population, from: number, to: number, random: SeededRandom, cens: CenSource): void {
  const hour = Math.floor((((from + to) / 2) % DAY_SECONDS) / HOUR_SECONDS);
  if (hour < 6) return;
  const presences = population.people.map((person) => presenceOf(person, population, hour, from, random));
  const companies = new Map<string, Presence[]>();
  for (const presence of presences) {
    companies.set(presence.company, [...(companies.get(presence.company) ?? []), presence]);
  }
  for (const company of companies.values()) meet(company, from, to, random, cens);
}

function presenceOf(person: Person, { towns }: Population, hour: number, from: number, random: SeededRandom): Presence {
  const trip = tripOf(person, from, towns.length);
  if (trip !== undefined) return { person, company: `town ${trip}`, place: within(towns[trip], 2, random) };
  if (hour < 9 || hour >= 20) return { person, company: `home ${person.household}`, place: person.home };
  if (hour < 17)
    return { person, company: `work ${person.workTown}`, place: within(towns[person.workTown], WORK_KM, random) };
  if (random() < BORDER_SHARE)
    return { person, company: `border ${person.town}`, place: atBorder(towns[person.town], random) };
  return { person, company: `town ${person.town}`, place: within(towns[person.town], 2, random) };
}

/** The town where somebody is on this day instead of at home; the same at every hour of the day. */
function tripOf(person: Person, time: number, towns: number): number | undefined {
  const random = seededRandom(person.id * 10_007 + Math.floor(time / DAY_SECONDS));
  return random() < TRIP_SHARE ? Math.floor(random() * towns) : undefined;
}

/** Everybody in a company meets another of it, or several, at one place: that of the first. */
function meet(company: Presence[], from: number, to: number, random: SeededRandom, cens: CenSource): void {
  const place = company[0].place;
  const phones = company.map(({ person }) => {
    const { reported, followed } = fixAt(place, random);
    for (const cell of followed) person.lastSeen.set(cell, to);
    return { person, followed, given: { at: to, cells: reported, heard: [] as Heard[] } };
  });
  if (phones.length < 2) return;
  phones.forEach((phone, index) => {
    const other = phones[(index + 1 + Math.floor(random() * (phones.length - 1))) % phones.length];
    const observedAt = from + random() * (to - from);
    const count = MOST_CENS_PER_MEETING - Math.floor(random() * 2);
    for (let i = 0; i < count; i++) {
      give(phone.given, other.person, other.followed, cens.next(), observedAt);
      give(other.given, phone.person, phone.followed, cens.next(), observedAt);
    }
  });
  for (const { person, given } of phones) if (given.heard.length > 0) person.given.push(given);
}

function give(given: Given, hearer: Person, cells: readonly bigint[], cen: Uint8Array, observedAt: number): void {
  const heard: Heard = { cen, observedAt, cells, hearer, upload: undefined, matched: false };
  given.heard.push(heard);
  hearer.heard.push(heard);
}
