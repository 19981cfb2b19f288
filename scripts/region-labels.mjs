// Which countries each H3 cell of resolution 3 touches, as src/regions/country-cells.ts.
// Source: Natural Earth 1:50m admin-0 countries (public domain), as packaged by the npm package world-atlas.
// Run: node scripts/region-labels.mjs           after an update of world-atlas or h3-js; the output is committed
//      node scripts/region-labels.mjs --check   fails if the committed table is not what comes out
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cellToChildren, cellToLatLng, compactCells, getRes0Cells, latLngToCell } from 'h3-js';
import { feature } from 'topojson-client';

const RESOLUTION = 3;
// A cell is about 120 km across: a corner of a country cut off by less than 0.05° (5 km) is not worth a name.
const STEP_DEGREES = 0.05;
// Resolution 5 has 49 cells in one of resolution 3: enough to say who has most of it.
const SAMPLE_RESOLUTION = 5;
// Territories without an ISO 3166 number of their own in the source.
const WITHOUT_NUMBER = {
  Kosovo: 'XK',
  Somaliland: 'SO',
  'N. Cyprus': 'CY',
  'Indian Ocean Ter.': 'AU',
  'Siachen Glacier': undefined,
};

const polygons = countryPolygons();
const touching = new Map(); // cell → Set of countries
for (const polygon of polygons) {
  for (const cell of boundaryCells(polygon)) touch(cell, polygon);
}
const cells = getRes0Cells().flatMap((base) => cellToChildren(base, RESOLUTION));
for (const cell of cells) {
  const [latitude, longitude] = cellToLatLng(cell);
  for (const polygon of polygons) if (contains(polygon, longitude, latitude)) touch(cell, polygon);
}
const table = new URL('../src/regions/country-cells.ts', import.meta.url);
const module = asModule(byCountries());
if (!process.argv.includes('--check')) writeFileSync(table, module);
else if (readFileSync(table, 'utf8') !== module)
  throw new Error('country-cells.ts is stale: run node scripts/region-labels.mjs');

function countryPolygons() {
  const require = createRequire(import.meta.url);
  const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json'), 'utf8'));
  return feature(atlas, atlas.objects.countries).features.flatMap(({ id, properties, geometry }) => {
    const country = id === undefined ? WITHOUT_NUMBER[properties.name] : alpha2(id);
    if (country === undefined) return [];
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return parts.map((rings) => asPolygon(country, rings.map(unwrapped)));
  });
}

// ICU knows ISO 3166-1's numbers as aliases of its letters (UTS #35, territory aliases).
function alpha2(number) {
  const [locale] = Intl.getCanonicalLocales(`und-${number}`);
  if (!/^und-[A-Z]{2}$/.test(locale)) throw new Error(`no country has the number ${number}`);
  return locale.slice(4);
}

function asPolygon(country, rings) {
  const [longitudes, latitudes] = [0, 1].map((axis) => rings[0].map((point) => point[axis]));
  const range = (values) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  return { country, rings, longitudes: range(longitudes), latitudes: range(latitudes) };
}

// Longitudes that run on over the antimeridian; a ring around a pole is closed by way of it.
function unwrapped(ring) {
  let turn = 0;
  const points = ring.map(([longitude, latitude], i) => {
    const step = i === 0 ? 0 : longitude - ring[i - 1][0];
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [longitude + turn, latitude];
  });
  if (turn === 0) return points;
  const pole = points[0][1] < 0 ? -90 : 90;
  return [...points, [points.at(-1)[0], pole], [points[0][0], pole], points[0]];
}

function* boundaryCells({ rings }) {
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
      const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / STEP_DEGREES);
      for (let s = 0; s < steps; s++)
        yield latLngToCell(y0 + ((y1 - y0) * s) / steps, x0 + ((x1 - x0) * s) / steps, RESOLUTION);
    }
  }
}

function contains({ rings, longitudes, latitudes }, longitude, latitude) {
  if (latitude < latitudes[0] || latitude > latitudes[1]) return false;
  return [longitude - 360, longitude, longitude + 360]
    .filter((x) => x >= longitudes[0] && x <= longitudes[1])
    .some((x) => rings.reduce((inside, ring) => inside !== isInRing(ring, x, latitude), false));
}

function isInRing(ring, x, y) {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

function touch(cell, { country }) {
  if (!touching.has(cell)) touching.set(cell, new Set());
  touching.get(cell).add(country);
}

// The country with most of the cell first.
function ordered(cell, countries) {
  if (countries.size === 1) return [...countries];
  const share = new Map([...countries].map((country) => [country, 0]));
  const candidates = polygons.filter(({ country }) => countries.has(country));
  for (const sample of cellToChildren(cell, SAMPLE_RESOLUTION)) {
    const [latitude, longitude] = cellToLatLng(sample);
    const owner = candidates.find((polygon) => contains(polygon, longitude, latitude));
    if (owner) share.set(owner.country, share.get(owner.country) + 1);
  }
  return [...countries].sort((a, b) => share.get(b) - share.get(a) || (a < b ? -1 : 1));
}

function byCountries() {
  const groups = new Map();
  for (const [cell, countries] of touching) {
    const key = ordered(cell, countries).join(',');
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

// Every cell begins with 8, and what follows its digits is all ones.
function shortName(cell) {
  return cell.slice(1).replace(/f+$/, '');
}

function asModule(groups) {
  const lines = groups.map(
    ([countries, members]) => `${countries} ${compactCells(members).map(shortName).sort().join(' ')}`,
  );
  return [
    '// Generated by scripts/region-labels.mjs from Natural Earth 1:50m (public domain). Do not edit.',
    '',
    '/**',
    ' * A line per list of countries, the one with most of the cell first (ISO 3166-1 alpha-2, and XK for Kosovo), then the cells',
    ' * that touch exactly these, without their leading 8 and trailing f; a cell above resolution 3 stands for all below it.',
    ' */',
    'export const COUNTRY_CELLS = `',
    ...lines,
    '`;',
    '',
  ].join('\n');
}
