import { exponential, normal, type SeededRandom } from './random.js';

/** A place on the earth, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** What the model of a country is made from (docs/capacity.md). */
export interface CountrySettings {
  readonly areaKm2: number;
  /** Share of the people who live in cities. */
  readonly urbanShare: number;
  readonly cities: number;
}

/** Where the people of a modelled country live and where they go. */
export interface Country {
  /** The home of a person drawn at random. */
  home(): Place;
  /** A place where somebody who lives at `home` may be in the day: mostly near it, sometimes at work, seldom in a city. */
  dayPlace(home: Place): Place;
}

/** South-west corner: no matter where, H3 cells are alike all over the earth but for their twelve pentagons. */
const CORNER: Place = { latitude: 46.5, longitude: 6 };
const KM_PER_DEGREE = 111.2;
/** A city of rank 1 is so wide (standard deviation, km); others by the square root of their share. */
const CITY_SPREAD_KM = 15;
const NEAR_HOME = { share: 0.7, meanKm: 3 };
const AT_WORK = { share: 0.27, meanKm: 15 };

interface City {
  readonly at: Place;
  /** Share of the urban people in this city and all larger ones. */
  readonly upTo: number;
  readonly spreadKm: number;
}

/**
 * A square country of cities whose sizes follow the rank-size rule (Zipf: the r-th largest has 1 ÷ r of the largest),
 * at random places, and of a countryside that is evenly settled.
 */
export function modelCountry(settings: CountrySettings, random: SeededRandom): Country {
  const sideKm = Math.sqrt(settings.areaKm2);
  const anywhere = () => offset(CORNER, random() * sideKm, random() * sideKm);
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
  return {
    home: () => (random() < settings.urbanShare ? inCity() : anywhere()),
    dayPlace: (home) => {
      const drawn = random();
      if (drawn < NEAR_HOME.share) return near(home, NEAR_HOME.meanKm);
      return drawn < NEAR_HOME.share + AT_WORK.share ? near(home, AT_WORK.meanKm) : inCity();
    },
  };
}

function makeCities(count: number, anywhere: () => Place): City[] {
  const total = Array.from({ length: count }, (_, rank) => 1 / (rank + 1)).reduce((sum, share) => sum + share, 0);
  let upTo = 0;
  return Array.from({ length: count }, (_, rank) => {
    upTo += 1 / (rank + 1) / total;
    return { at: anywhere(), upTo, spreadKm: CITY_SPREAD_KM / Math.sqrt(rank + 1) };
  });
}

function offset(place: Place, eastKm: number, northKm: number): Place {
  const latitude = place.latitude + northKm / KM_PER_DEGREE;
  const perDegree = KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return { latitude, longitude: place.longitude + eastKm / perDegree };
}
