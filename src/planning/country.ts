import { exponential, normal, poisson, type SeededRandom } from './random.js';

/** A place on the earth, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** What the model of a country is made from (docs/capacity.md). */
export interface CountrySettings {
  readonly areaKm2: number;
  /** Where its middle lies: how H3's cells cut it decides much. */
  readonly centre: Place;
  /** Share of the people who live in urban areas. */
  readonly urbanShare: number;
  readonly cities: number;
}

/** A place where a person was, with the share of the person's CENs of three weeks that were exchanged there. */
export interface Stay {
  readonly at: Place;
  readonly share: number;
}

/** Where the people of a modelled country live and where they go. */
export interface Country {
  /** The home of a person drawn at random. */
  home(): Place;
  /** A place in a city, each city as likely as it is large. */
  inCity(): Place;
  /** Where somebody who lives at `home` works or goes to school. */
  workplace(home: Place): Place;
  /** A place at an exponentially distributed distance in any direction. */
  near(place: Place, meanKm: number): Place;
  /** All places where somebody who lives at `home` was in three weeks; the shares add up to 1. */
  threeWeeks(home: Place): Stay[];
}

const KM_PER_DEGREE = 111.2;

/**
 * The r-th largest city has a size of 1 ÷ (r + 2): with 80 of them and 3 in 4 people in cities, the largest urban areas have 7.2, 5.4 and
 * 4.3 % of the people; Rome, Milan and Naples have 7.5, 7.2 and 5.8, Berlin, the Ruhr and Hamburg 6.3, 6.3 and 4 (docs/capacity.md).
 */
const RANK_OFFSET = 2;
/** Standard deviation in km of where the people of the largest city live; of others by the square root of their size. */
const LARGEST_CITY_SPREAD_KM = 20;

/** Mean distances in km, and how many CENs of three weeks are exchanged there. */
const COMMUTE_KM = 12;
const ERRANDS = { places: 4, meanKm: 6, share: 0.2 };
const HOME_SHARE = 0.4;
const WORK_SHARE = 0.4;
/** Outings in three weeks, each a day: to somewhere around, and far away to a city. */
const OUTINGS = { mean: 0.8, meanKm: 40 };
const FAR_TRIPS = { mean: 0.52 };
const DAY_SHARE = 1 / 21;

interface City {
  readonly at: Place;
  /** Share of the urban people in this city and all larger ones. */
  readonly upTo: number;
  readonly spreadKm: number;
}

/** A square country of cities at random places and of a countryside that is evenly settled. */
export function modelCountry(settings: CountrySettings, random: SeededRandom): Country {
  const sideKm = Math.sqrt(settings.areaKm2);
  const anywhere = () => offset(settings.centre, (random() - 0.5) * sideKm, (random() - 0.5) * sideKm);
  const cities = makeCities(settings.cities, anywhere);
  const inCity = () => {
    const drawn = random();
    const city = cities.find(({ upTo }) => drawn < upTo) ?? cities[cities.length - 1];
    return offset(city.at, normal(random) * city.spreadKm, normal(random) * city.spreadKm);
  };
  const near = (place: Place, meanKm: number) => {
    const angle = 2 * Math.PI * random();
    const distance = exponential(random, meanKm);
    return offset(place, distance * Math.cos(angle), distance * Math.sin(angle));
  };
  const workplace = (home: Place) => near(home, COMMUTE_KM);
  const several = (count: number, share: number, draw: () => Place): Stay[] =>
    Array.from({ length: count }, () => ({ at: draw(), share }));
  return {
    home: () => (random() < settings.urbanShare ? inCity() : anywhere()),
    inCity,
    near,
    workplace,
    threeWeeks: (home) =>
      toWhole([
        { at: home, share: HOME_SHARE },
        { at: workplace(home), share: WORK_SHARE },
        ...several(ERRANDS.places, ERRANDS.share / ERRANDS.places, () => near(home, ERRANDS.meanKm)),
        ...several(poisson(random, OUTINGS.mean), DAY_SHARE, () => near(home, OUTINGS.meanKm)),
        ...several(poisson(random, FAR_TRIPS.mean), DAY_SHARE, inCity),
      ]),
  };
}

function toWhole(stays: Stay[]): Stay[] {
  const whole = stays.reduce((sum, { share }) => sum + share, 0);
  return stays.map(({ at, share }) => ({ at, share: share / whole }));
}

function makeCities(count: number, anywhere: () => Place): City[] {
  const sizes = Array.from({ length: count }, (_, rank) => 1 / (rank + 1 + RANK_OFFSET));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let upTo = 0;
  return sizes.map((size) => {
    upTo += size / total;
    return { at: anywhere(), upTo, spreadKm: LARGEST_CITY_SPREAD_KM * Math.sqrt(size / sizes[0]) };
  });
}

function offset(place: Place, eastKm: number, northKm: number): Place {
  const latitude = place.latitude + northKm / KM_PER_DEGREE;
  const perDegree = KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return { latitude, longitude: place.longitude + eastKm / perDegree };
}
