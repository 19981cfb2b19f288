import fc from 'fast-check';
import {
  cellArea,
  cellToBoundary,
  cellToChildren,
  cellToLatLng,
  getPentagons,
  getRes0Cells,
  latLngToCell,
} from 'h3-js';
import { WORLD } from './cell.js';
import { cornersOf, outlineOf, type Outline, type Position } from './outline.js';

const RADIANS = Math.PI / 180;
const SPHERE = 4 * Math.PI;
const outline = (cell: string): Outline => outlineOf(BigInt(`0x${cell}`));
const ringsOf = (drawn: Outline): Position[][] =>
  drawn.type === 'Polygon' ? drawn.coordinates : drawn.coordinates.flat();
const edgesOf = (ring: Position[]): [Position, Position][] => ring.slice(1).map((end, i) => [ring[i]!, end]);

/** Steradians inside a ring drawn with straight lines on a flat map; negative if it runs clockwise. */
function areaOf(ring: Position[]): number {
  const below = edgesOf(ring).map(([[x0, y0], [x1, y1]]) => {
    const [from, to] = [y0 * RADIANS, y1 * RADIANS];
    const meanSine = Math.abs(to - from) < 1e-9 ? Math.sin(from) : (Math.cos(from) - Math.cos(to)) / (to - from);
    return (x1 - x0) * RADIANS * meanSine;
  });
  return -below.reduce((sum, part) => sum + part, 0);
}

function contains(drawn: Outline, [x, y]: Position): boolean {
  return ringsOf(drawn).some((ring) => {
    const crossed = edgesOf(ring).filter(
      ([[x0, y0], [x1, y1]]) => y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0),
    );
    return crossed.length % 2 === 1;
  });
}

const cell = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<[number, number]>(
        [90, 0],
        [-90, 0],
        [87, 100],
        [-88, -100],
        [66, 180],
        [-17, -180],
        [0, 180],
        [64.7, 10.536],
      ),
      fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(180, -179.5, 179)),
      fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
    ),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([[latitude, longitude], resolution]) => latLngToCell(latitude, longitude, resolution));

describe('the outline of a region', () => {
  it('is valid GeoJSON: closed rings, counter-clockwise, within ±180° and ±90°, no jump over the antimeridian', () => {
    fc.assert(
      fc.property(cell, (index) => {
        for (const ring of ringsOf(outline(index))) {
          expect(ring.length).toBeGreaterThanOrEqual(4);
          expect(ring.at(-1)).toEqual(ring[0]);
          expect(areaOf(ring)).toBeGreaterThan(0);
          expect(ring.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)).toBe(true);
          expect(
            edgesOf(ring).every(([[from], [to, latitude]]) => Math.abs(latitude) === 90 || Math.abs(to - from) < 180),
          ).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('holds as much of the sphere as the cell does', () => {
    fc.assert(
      fc.property(cell, (index) => {
        const drawn = ringsOf(outline(index)).reduce((sum, ring) => sum + areaOf(ring), 0);
        expect(drawn / cellArea(index, 'rads2')).toBeCloseTo(1, 2);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds the centre of the cell, and what lies between it and each corner', () => {
    fc.assert(
      fc.property(cell, (index) => {
        const centre = cellToLatLng(index);
        const within = cellToBoundary(index).map((corner) => between(centre, corner));
        for (const [latitude, longitude] of [centre, ...within])
          expect(contains(outline(index), [longitude, latitude])).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([0, 1, 2])(
    'covers the globe once at resolution %i, poles, antimeridian and pentagons included',
    (resolution) => {
      const cells = getRes0Cells().flatMap((base) => cellToChildren(base, resolution));
      const area = cells.flatMap((index) => ringsOf(outline(index))).reduce((sum, ring) => sum + areaOf(ring), 0);
      expect(area / SPHERE).toBeCloseTo(1, 3);
      expect(cells).toEqual(expect.arrayContaining(getPentagons(resolution)));
    },
  );

  it('is cut in two where the antimeridian crosses the cell, and left whole where it does not', () => {
    expect(outline(latLngToCell(0, 180, 3)).type).toBe('MultiPolygon');
    expect(outline(latLngToCell(48.2, 16.37, 3)).type).toBe('Polygon');
    expect(outline(latLngToCell(90, 0, 3)).type).toBe('Polygon');
  });

  it('of the world is the globe', () => {
    const [ring] = ringsOf(outlineOf(WORLD));
    expect(areaOf(ring!)).toBeCloseTo(SPHERE, 9);
  });
});

/** The middle of the great circle between two places, each [latitude, longitude]. */
function between([latA, lngA]: [number, number], [latB, lngB]: [number, number]): [number, number] {
  const [x, y, z] = [
    [latA, lngA],
    [latB, lngB],
  ]
    .map(([lat, lng]) => [
      Math.cos(lat! * RADIANS) * Math.cos(lng! * RADIANS),
      Math.cos(lat! * RADIANS) * Math.sin(lng! * RADIANS),
      Math.sin(lat! * RADIANS),
    ])
    .reduce((a, b) => a.map((value, axis) => value + b[axis]!)) as [number, number, number];
  return [Math.atan2(z, Math.hypot(x, y)) / RADIANS, Math.atan2(y, x) / RADIANS];
}

describe('the corners of a region', () => {
  const cornersAt = (latitude: number, longitude: number, resolution: number) =>
    cornersOf(BigInt(`0x${latLngToCell(latitude, longitude, resolution)}`));

  it('run on over the antimeridian instead of jumping to the other side of the map', () => {
    const longitudes = cornersAt(0, 180, 1).map(([longitude]) => longitude);
    expect(Math.max(...longitudes.map(Math.abs))).toBeGreaterThan(180);
    expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeLessThan(20);
  });

  it('go once around a pole', () => {
    const longitudes = cornersAt(90, 0, 2).map(([longitude]) => longitude);
    expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeGreaterThan(240);
  });

  it('are none for the world, and to 100 m for others', () => {
    expect(cornersOf(0n)).toEqual([]);
    const corners = cornersAt(48.2, 16.37, 3);
    expect(corners.flat().every((degrees) => Math.abs(degrees * 1000 - Math.round(degrees * 1000)) < 1e-6)).toBe(true);
  });
});
