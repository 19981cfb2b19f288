import fc from 'fast-check';
import { cellToBoundary, cellToLatLng, getPentagons, latLngToCell } from 'h3-js';
import { cellsAround, cellsAt } from './cells-around.js';

const EARTH_RADIUS = 6_371_000;

/** The point that lies `metres` from a position in a direction, on a sphere. In vectors, since bearings end at the poles. */
function travel(latitude: number, longitude: number, metres: number, bearing: number): [number, number] {
  const [phi, lambda, angle] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180, metres / EARTH_RADIUS];
  const up = [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  const east = [-Math.sin(lambda), Math.cos(lambda), 0];
  const north = [-Math.sin(phi) * Math.cos(lambda), -Math.sin(phi) * Math.sin(lambda), Math.cos(phi)];
  const [x, y, z] = [0, 1, 2].map((i) => {
    const along = Math.sin(bearing) * east[i]! + Math.cos(bearing) * north[i]!;
    return Math.cos(angle) * up[i]! + Math.sin(angle) * along;
  }) as [number, number, number];
  return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}

const cellAt = (latitude: number, longitude: number) => BigInt(`0x${latLngToCell(latitude, longitude, 3)}`);

/** Anywhere; poles; the antimeridian; near corners of cells and of pentagons, where many cells meet. */
const position = fc.oneof(
  fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
  fc.tuple(fc.constantFrom(90, -90, 89.9, -89.99), fc.double({ min: -180, max: 180, noNaN: true })),
  fc.tuple(fc.double({ min: -80, max: 80, noNaN: true }), fc.constantFrom(180, -180, 179.99, -179.99)),
  fc
    .tuple(fc.constantFrom(...getPentagons(3), latLngToCell(52.5, 13.4, 3), latLngToCell(0, 180, 3)), fc.nat(4))
    .map(([cell, corner]) => cellToBoundary(cell)[corner] as [number, number]),
  fc.constantFrom(...getPentagons(3)).map((cell) => cellToLatLng(cell) as [number, number]),
);

describe('the cells around a position', () => {
  it('include the cell of every point within error + 2 km', () => {
    const error = fc.oneof(fc.constantFrom(0, 10, 3000), fc.double({ min: 0, max: 200_000, noNaN: true }));
    fc.assert(
      fc.property(position, error, ([latitude, longitude], metres) => {
        const cells = new Set(cellsAround(latitude, longitude, metres));
        for (const share of [0, 0.5, 0.999]) {
          for (let step = 0; step < 24; step++) {
            const [phi, lambda] = travel(latitude, longitude, share * (metres + 2000), (step * Math.PI) / 12);
            expect(cells).toContain(cellAt(phi, lambda));
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it('are no more than the disc touches', () => {
    fc.assert(
      fc.property(position, fc.double({ min: 0, max: 100_000, noNaN: true }), ([latitude, longitude], metres) => {
        // A disc 3 % wider reaches well into every cell that was named, however little the disc itself touches it.
        const reached = new Set<bigint>();
        for (let ring = 0; ring <= 4; ring++) {
          for (let step = 0; step < 360; step++) {
            const distance = (ring / 4) * (metres + 2000) * 1.03;
            reached.add(cellAt(...travel(latitude, longitude, distance, (step * Math.PI) / 180)));
          }
        }
        expect([...cellsAround(latitude, longitude, metres)].filter((cell) => !reached.has(cell))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are one in the middle of a cell, two on an edge, three at a corner', () => {
    const cell = latLngToCell(52.52, 13.4, 3);
    const corners = cellToBoundary(cell);
    expect(cellsAround(...(cellToLatLng(cell) as [number, number]), 100)).toEqual([BigInt(`0x${cell}`)]);
    expect(cellsAround(...(corners[0] as [number, number]), 100)).toHaveLength(3);
    const middle = [0, 1].map((i) => (corners[0]![i]! + corners[1]![i]!) / 2) as [number, number];
    expect(cellsAround(...middle, 100)).toHaveLength(2);
  });

  it.each([
    [91, 0, 0],
    [0, 181, 0],
    [Number.NaN, 0, 0],
    [0, 0, -1],
    [0, 0, Number.NaN],
    [0, 0, 2e6],
  ])('need a position and an error: not %d, %d, %d', (latitude, longitude, metres) => {
    expect(() => cellsAround(latitude, longitude, metres)).toThrow(RangeError);
    expect(() => cellsAt(latitude, longitude, metres)).toThrow(RangeError);
  });
});

describe('the cells that a report names', () => {
  const error = fc.oneof(fc.constantFrom(0, 20, 3000), fc.double({ min: 0, max: 50_000, noNaN: true }));
  const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
  const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));

  it('include one that whoever was met follows, however wrong both phones are about the place', () => {
    const phone = fc.record({ error, bearing, share });
    fc.assert(
      fc.property(position, bearing, phone, phone, ([latitude, longitude], towards, reporter, follower) => {
        const fixOf = (place: [number, number], { error: metres, bearing: to, share: off }: typeof reporter) =>
          [...travel(...place, off * metres, to), metres] as const;
        const other = travel(latitude, longitude, 100, towards);
        const followed = cellsAround(...fixOf(other, follower));
        const reported = cellsAt(...fixOf([latitude, longitude], reporter));
        expect(reported.some((cell) => followed.includes(cell))).toBe(true);
        // An error of nothing leaves out what the last bit of a border decides.
        if (reporter.error > 0.001) expect(reported).toContain(cellAt(latitude, longitude));
        expect(followed).toContain(cellAt(latitude, longitude));
      }),
      { numRuns: 1500 },
    );
  });

  it('are followed as well, and fewer near a border', () => {
    fc.assert(
      fc.property(position, error, ([latitude, longitude], metres) => {
        const followed = cellsAround(latitude, longitude, metres);
        expect(cellsAt(latitude, longitude, metres).filter((cell) => !followed.includes(cell))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    const cell = latLngToCell(52.52, 13.4, 3);
    const [corners, centre] = [cellToBoundary(cell), cellToLatLng(cell)];
    const middle = [0, 1].map((i) => (corners[0]![i]! + corners[1]![i]!) / 2) as [number, number];
    const inside = [0, 1].map((i) => middle[i]! + 0.02 * (centre[i]! - middle[i]!)) as [number, number]; // about 1 km
    expect([cellsAt(...inside, 100).length, cellsAround(...inside, 100).length]).toEqual([1, 2]);
    expect(cellsAt(...middle, 100)).toHaveLength(2);
  });

  it('are no more than the disc of the error touches', () => {
    fc.assert(
      fc.property(position, fc.double({ min: 100, max: 50_000, noNaN: true }), ([latitude, longitude], metres) => {
        const reached = new Set<bigint>([cellAt(latitude, longitude)]);
        for (let ring = 1; ring <= 4; ring++) {
          for (let step = 0; step < 360; step++) {
            reached.add(cellAt(...travel(latitude, longitude, (ring / 4) * metres * 1.03, (step * Math.PI) / 180)));
          }
        }
        expect(cellsAt(latitude, longitude, metres).filter((cell) => !reached.has(cell))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
