// The people of the demo and what their phones did for three weeks. Pure but for randomness and the date it starts from.
import { randomBytes } from 'node:crypto';

const CEN_BYTES = 16;
const DAYS = 21;
const HOURS = 12;
const MINUTES_PER_CONTACT = 5;
const CONTACTS_PER_HOUR = 60 / MINUTES_PER_CONTACT;
const NEIGHBOURS = 3;
const FIRST_HOUR = 8;

/** CENs that a phone gives away, and hears, in the three weeks: 3 phones × 12 an hour × 12 h × 21 days = 9,072. */
export const CENS_PER_PHONE = NEIGHBOURS * CONTACTS_PER_HOUR * HOURS * DAYS;
export const MINUTES_PER_CEN = MINUTES_PER_CONTACT;

const PEOPLE = [
  { name: 'Ada', home: 'Vienna', diagnosed: true },
  { name: 'Ben', home: 'Vienna', diagnosed: true },
  { name: 'Cleo', home: 'Budapest', diagnosed: true },
  { name: 'Dora', home: 'Vienna', diagnosed: false },
  { name: 'Emil', home: 'Graz', diagnosed: false },
];

/** Who was near whom; everybody else whom a phone heard is a stranger without a name. */
export const MEETINGS = [
  { who: ['Ada', 'Dora'], what: 'lunch', daysAgo: 11, hour: 12, minutes: 60 },
  { who: ['Ben', 'Dora'], what: 'a train ride', daysAgo: 4, hour: 17, minutes: 100 },
  { who: ['Ada', 'Ben'], what: 'a meeting', daysAgo: 6, hour: 10, minutes: 45 },
];

/**
 * Everybody's phone. Whenever two are near each other, each gives the other a fresh random number: `given` are those that a phone gave
 * away (packed), `heard` those that it was given.
 * @param now Unix seconds
 * @param cellOf H3 cell of a town
 */
export function liveThreeWeeks(now, cellOf) {
  const phones = PEOPLE.map((person) => ({ ...person, cell: cellOf(person.home), given: [], heard: [] }));
  const byName = new Map(phones.map((phone) => [phone.name, phone]));
  const today = Math.floor(now / 86_400) * 86_400;
  for (let daysAgo = DAYS; daysAgo >= 1; daysAgo--) {
    for (let minute = 0; minute < HOURS * 60; minute += MINUTES_PER_CONTACT) {
      const observedAt = today - daysAgo * 86_400 + (FIRST_HOUR * 60 + minute) * 60;
      const meetings = MEETINGS.filter((meeting) => isHappening(meeting, daysAgo, minute));
      for (const { who } of meetings) {
        const [one, other] = who.map((name) => byName.get(name));
        giveNumber(one, other, observedAt);
        giveNumber(other, one, observedAt);
      }
      for (const phone of phones) {
        const friends = meetings.filter(({ who }) => who.includes(phone.name)).length;
        meetStrangers(phone, NEIGHBOURS - friends, observedAt);
      }
    }
  }
  return phones.map(({ given, ...phone }) => ({ ...phone, given: Buffer.concat(given) }));
}

/** What of a phone's observations a correct system finds: all that diagnosed people gave it, and nothing else. */
export function expectedMatches(phone, phones) {
  const diagnosed = new Set(phones.filter(({ diagnosed }) => diagnosed).map(({ name }) => name));
  return phone.heard.filter(({ from }) => diagnosed.has(from));
}

function isHappening({ daysAgo, hour, minutes }, day, minute) {
  const start = (hour - FIRST_HOUR) * 60;
  return day === daysAgo && minute >= start && minute < start + minutes;
}

function giveNumber(giver, hearer, observedAt) {
  const cen = randomBytes(CEN_BYTES);
  giver.given.push(cen);
  hearer.heard.push({ cen, observedAt, cells: [hearer.cell], from: giver.name });
}

function meetStrangers(phone, howMany, observedAt) {
  for (let i = 0; i < howMany; i++) {
    phone.given.push(randomBytes(CEN_BYTES));
    phone.heard.push({ cen: randomBytes(CEN_BYTES), observedAt, cells: [phone.cell] });
  }
}
