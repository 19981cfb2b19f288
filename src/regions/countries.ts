import { ancestorsOf, CELL_RESOLUTION, resolutionOf, WORLD, type RegionId } from './cell.js';
import { COUNTRY_CELLS } from './country-cells.js';
import { parseRegion } from './region-id.js';

/** An ISO 3166-1 alpha-2 code, or `XK` for Kosovo. */
export type CountryCode = string;

/** How much of a region each country that it touches has, in an arbitrary unit. */
type Shares = Map<CountryCode, number>;

interface Atlas {
  /** The cells of the table: all that lies below one of them touches the same countries. */
  readonly uniform: Map<RegionId, readonly CountryCode[]>;
  /** The cells above those of the table. */
  readonly mixed: Map<RegionId, Shares>;
}

/** A hexagon has seven children; that a pentagon has six does not matter for an order. */
const CHILDREN = 7;

let atlas: Atlas | undefined;

/** The countries that a cell touches, the one with most of it first; none at sea, and none for the world, which has them all. */
export function countriesOf(region: RegionId): readonly CountryCode[] {
  if (region === WORLD) return [];
  atlas ??= readAtlas();
  const { uniform, mixed } = atlas;
  const known = [region, ...ancestorsOf(region)].find((cell) => uniform.has(cell));
  if (known !== undefined) return uniform.get(known)!;
  return [...(mixed.get(region) ?? [])].sort(([, of], [, than]) => than - of).map(([code]) => code);
}

function readAtlas(): Atlas {
  const read: Atlas = { uniform: new Map(), mixed: new Map() };
  for (const line of COUNTRY_CELLS.trim().split('\n')) {
    const [codes, ...cells] = line.split(' ');
    const countries = codes!.split(',');
    for (const cell of cells) addCell(parseRegion(`8${cell}`.padEnd(15, 'f')), countries, read);
  }
  return read;
}

function addCell(cell: RegionId, countries: readonly CountryCode[], { uniform, mixed }: Atlas): void {
  uniform.set(cell, countries);
  const size = CHILDREN ** (CELL_RESOLUTION - resolutionOf(cell));
  for (const ancestor of ancestorsOf(cell)) {
    if (ancestor === WORLD) continue;
    const shares = mixed.get(ancestor) ?? new Map<CountryCode, number>();
    // The table orders a cell's countries and does not weigh them: each counts half of the one before.
    countries.forEach((code, place) => shares.set(code, (shares.get(code) ?? 0) + size / 2 ** place));
    mixed.set(ancestor, shares);
  }
}
