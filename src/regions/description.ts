import { cellToLatLng, gridDisk } from 'h3-js';
import { resolutionOf, WORLD, type RegionId } from './cell.js';
import { countriesOf, type CountryCode } from './countries.js';
import { formatRegion, parseRegion } from './region-id.js';

export interface LatLng {
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east, −180 to 180. */
  readonly longitude: number;
}

export interface Country {
  readonly code: CountryCode;
  readonly name: string;
}

/** What people see instead of an H3 index. */
export interface RegionDescription {
  /** Such as `Germany, Austria, Czechia · 120 km across, near 48.9° N 13.4° E`. */
  readonly label: string;
  /** `null` for the world. */
  readonly centre: LatLng | null;
  /** All countries that it touches, the one with most of it first; empty at sea and for the world. */
  readonly countries: readonly Country[];
}

/** Diameter in km, rounded, of a circle with the average area of a cell, by resolution (https://h3geo.org/docs/core-library/restable). */
const KM_ACROSS = [2400, 880, 330, 120];
/** A label with more countries than this helps nobody: it ends with how many more there are. */
const COUNTRIES_IN_LABEL = 3;
/** Macro-region "world" of UN M49, which names of regions are also known by. */
const M49_WORLD = '001';

/** A locale's names and numbers. They take longer to set up than to use: those of the last locale are kept. */
interface Speech {
  readonly locale: string;
  readonly names: Intl.DisplayNames;
  readonly degrees: Intl.NumberFormat;
  readonly kilometres: Intl.NumberFormat;
}

let lastSpeech: Speech | undefined;

function speechOf(locale: string): Speech {
  if (lastSpeech?.locale === locale) return lastSpeech;
  const locales = [locale, 'en'];
  return (lastSpeech = {
    locale,
    names: new Intl.DisplayNames(locales, { type: 'region' }),
    degrees: new Intl.NumberFormat(locales, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    kilometres: new Intl.NumberFormat(locales),
  });
}

/**
 * @param locale BCP 47; names of countries come in it, the few other words are English. What ICU does not know falls back to
 *   English; a malformed one is a RangeError.
 */
export function describeRegion(region: RegionId, locale: string): RegionDescription {
  const { names, degrees, kilometres } = speechOf(locale);
  if (region === WORLD) return { label: capitalised(names.of(M49_WORLD)!, locale), centre: null, countries: [] };
  const countries = countriesOf(region).map((code): Country => ({ code, name: names.of(code)! }));
  const centre = centreOf(region);
  const place = countries.length > 0 ? listed(countries.map(({ name }) => name)) : openSea(region, names);
  const across = kilometres.format(KM_ACROSS[resolutionOf(region)]!);
  return { label: `${place} · ${across} km across, near ${coordinates(centre, degrees)}`, centre, countries };
}

function capitalised(word: string, locale: string): string {
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

function listed(names: string[]): string {
  const more = names.length - COUNTRIES_IN_LABEL;
  const shown = names.slice(0, COUNTRIES_IN_LABEL).join(', ');
  return more > 0 ? `${shown} + ${more} more` : shown;
}

/** Named after land within as many cells as its resolution: 400 km off for the finest, 900 for the coarsest but one. */
function openSea(region: RegionId, names: Intl.DisplayNames): string {
  const nearby = gridDisk(formatRegion(region), resolutionOf(region)).map((cell) => countriesOf(parseRegion(cell))[0]);
  const shore = nearby.find((code) => code !== undefined);
  return shore === undefined ? 'Open sea' : `Open sea off ${names.of(shore)}`;
}

function centreOf(region: RegionId): LatLng {
  const [latitude, longitude] = cellToLatLng(formatRegion(region));
  return { latitude, longitude };
}

function coordinates({ latitude, longitude }: LatLng, degrees: Intl.NumberFormat): string {
  const northing = `${degrees.format(Math.abs(latitude))}° ${latitude < 0 ? 'S' : 'N'}`;
  return `${northing} ${degrees.format(Math.abs(longitude))}° ${longitude < 0 ? 'W' : 'E'}`;
}
