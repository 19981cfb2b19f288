import fc from 'fast-check';
import { cellToChildren, cellToParent, getRes0Cells, isValidCell } from 'h3-js';
import { isRegion, lineage, parentRegion, parseRegionId, regionId, resolutionOf } from './region.js';

const cells = [0, 1, 2, 3].flatMap((resolution) => getRes0Cells().flatMap((base) => cellToChildren(base, resolution)));

describe('regions, against the H3 library', () => {
  it('are the world and all 48,000 cells of resolution 0 to 3', () => {
    expect(cells).toHaveLength(122 + 842 + 5882 + 41_162);
    const wrong = cells.filter(
      (cell) => parseRegionId(cell) !== BigInt(`0x${cell}`) || regionId(BigInt(`0x${cell}`)) !== cell,
    );
    expect(wrong).toEqual([]);
    expect(parseRegionId('world')).toBe(0n);
    expect(regionId(0n)).toBe('world');
  });

  it('know resolution and parent', () => {
    const wrong = cells.filter((cell) => {
      const region = BigInt(`0x${cell}`);
      const resolution = resolutionOf(region);
      const parent = resolution === 0 ? 'world' : cellToParent(cell, resolution - 1);
      return cell[1] !== resolution.toString(16) || regionId(parentRegion(region)) !== parent;
    });
    expect(wrong).toEqual([]);
  });

  it('are nothing else', () => {
    // Values near valid ones: a few bits off.
    const near = fc
      .tuple(fc.constantFrom(...cells), fc.array(fc.nat(63), { minLength: 1, maxLength: 3 }))
      .map(([cell, bits]) => bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), BigInt(`0x${cell}`)));
    fc.assert(
      fc.property(near, (value) => {
        const id = value.toString(16).padStart(15, '0');
        const expected = value === 0n || (id.length === 15 && isValidCell(id) && resolutionOf(value) <= 3);
        expect(isRegion(value)).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '',
    'World',
    '0',
    '000000000000000',
    '8001FFFFFFFFFFF',
    '08001fffffffffff',
    '8001fffffffffff ',
    '-8001fffffffffff',
  ])('do not go by the name %j', (id) => expect(parseRegionId(id)).toBeUndefined());

  it('have a lineage up to the world', () => {
    expect(lineage(0x831faafffffffffn).map(regionId)).toEqual(
      ['831faafffffffff', '821fa7fffffffff', '811fbffffffffff', '801ffffffffffff', 'world'].map((id, i) =>
        i === 0 || i === 4 ? id : cellToParent('831faafffffffff', 3 - i),
      ),
    );
    expect(lineage(0n)).toEqual([0n]);
  });
});
