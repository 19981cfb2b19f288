import fc from 'fast-check';
import { cellToChildren, cellToParent, getRes0Cells, isValidCell, latLngToCell } from 'h3-js';
import {
  ancestorsOf,
  asRegion,
  CELL_RESOLUTION,
  childrenOf,
  isAncestorOf,
  isCell,
  parentOf,
  resolutionOf,
  WORLD,
} from './cell.js';
import { RegionsError } from './regions-error.js';

const big = (index: string): bigint => BigInt(`0x${index}`);
const hex = (cell: bigint): string => cell.toString(16);
const cellsOf = (resolution: number): string[] => getRes0Cells().flatMap((base) => cellToChildren(base, resolution));
const ALL = Array.from({ length: CELL_RESOLUTION + 1 }, (_, resolution) => cellsOf(resolution));
const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : 1);

/** A random place, the poles, the antimeridian and the middle of a pentagon more often than chance would have them. */
const place = fc.oneof(
  fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
  fc.constantFrom<[number, number]>([90, 0], [-90, 0], [0, 180], [0, -180], [65, -179.9], [-17, 179.9], [64.7, 10.536]),
);

describe('the cells of H3, all of resolution 0 to 3, pentagons included', () => {
  it.each(ALL.map((cells, resolution) => ({ resolution, cells })))(
    'agree with h3-js at resolution $resolution',
    ({ resolution, cells }) => {
      const disagreeing = cells.filter((index) => {
        const cell = big(index);
        const parent = resolution === 0 ? WORLD : big(cellToParent(index, resolution - 1));
        const children =
          resolution === CELL_RESOLUTION
            ? []
            : cellToChildren(index, resolution + 1)
                .map(big)
                .sort(ascending);
        const agrees =
          resolutionOf(cell) === resolution &&
          parentOf(cell) === parent &&
          String(childrenOf(cell)) === String(children);
        return !isCell(cell) || !agrees;
      });
      expect(disagreeing).toEqual([]);
    },
  );

  it('has the 122 base cells below the world, and 12 pentagons with six children at each resolution', () => {
    expect(childrenOf(WORLD)).toEqual(ALL[0]!.map(big).sort(ascending));
    for (const cells of ALL.slice(0, CELL_RESOLUTION)) {
      expect(cells.filter((index) => childrenOf(big(index)).length === 6)).toHaveLength(12);
    }
  });
});

describe('isCell', () => {
  it('agrees with h3-js on whatever a few flipped bits make of a cell', () => {
    const flipped = fc
      .tuple(
        place,
        fc.integer({ min: 0, max: CELL_RESOLUTION }),
        fc.array(fc.bigInt({ min: 0n, max: 62n }), { maxLength: 4 }),
      )
      .map(([[lat, lng], resolution, bits]) =>
        bits.reduce((cell, bit) => cell ^ (1n << bit), big(latLngToCell(lat, lng, resolution))),
      );
    fc.assert(
      fc.property(flipped, (value) => {
        const known = isValidCell(hex(value)) && ((value >> 52n) & 15n) <= BigInt(CELL_RESOLUTION);
        expect(isCell(value)).toBe(known);
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses the deleted subsequence of a pentagon', () => {
    const child = big('81083ffffffffff');
    expect(isCell(child)).toBe(true);
    const deleted = (child & ~(7n << 42n)) | (1n << 42n);
    expect(isCell(deleted)).toBe(false);
  });
});

describe('asRegion', () => {
  const codeOf = (value: bigint): string => {
    try {
      asRegion(value);
      return 'accepted';
    } catch (error) {
      if (error instanceof RegionsError) return error.code;
      throw error;
    }
  };

  it('accepts the world and cells down to resolution 3, and says of finer cells that they are too fine', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 15 }), ([lat, lng], resolution) => {
        const cell = big(latLngToCell(lat, lng, resolution));
        expect(codeOf(cell)).toBe(resolution <= CELL_RESOLUTION ? 'accepted' : 'cell-too-fine');
      }),
    );
    expect(codeOf(WORLD)).toBe('accepted');
  });

  it.each([
    -1n,
    1n,
    2n ** 64n - 1n,
    2n ** 64n + big('83089efffffffff'),
    2n ** 68n + big('83089efffffffff'),
    2n ** 200n,
    big('115283473fffffff'),
    big('83089effffffff0'),
  ])('refuses %s, which is no cell', (value) => {
    expect(codeOf(value)).toBe('not-a-cell');
  });
});

describe('ancestry', () => {
  it('is what h3-js says, for any place on Earth', () => {
    fc.assert(
      fc.property(
        place,
        fc.integer({ min: 0, max: CELL_RESOLUTION }),
        place,
        fc.integer({ min: 0, max: CELL_RESOLUTION }),
        (a, ra, b, rb) => {
          const [above, below] = [latLngToCell(...a, ra), latLngToCell(...b, rb)];
          expect(isAncestorOf(big(above), big(below))).toBe(ra < rb && cellToParent(below, ra) === above);
          const ancestors = Array.from({ length: rb }, (_, i) => big(cellToParent(below, rb - 1 - i)));
          expect(ancestorsOf(big(below))).toEqual([...ancestors, WORLD]);
          for (const ancestor of ancestorsOf(big(below))) expect(isAncestorOf(ancestor, big(below))).toBe(true);
          expect(isAncestorOf(big(below), big(below))).toBe(false);
          expect(isAncestorOf(big(below), WORLD)).toBe(false);
        },
      ),
    );
    expect(isAncestorOf(WORLD, WORLD)).toBe(false);
  });
});
