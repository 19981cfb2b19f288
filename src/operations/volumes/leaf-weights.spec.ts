import fc from 'fast-check';
import { type RegionId, Regions, WORLD } from '../../regions/index.js';
import { leafWeights } from './leaf-weights.js';

const regions = new Regions();
const [base] = regions.children(WORLD);
const [coarse, other] = regions.children(base);
const [cell] = regions.children(regions.children(coarse)[0]);

it('divides what lies further up in proportion, over resolutions that are left out', () => {
  const own = new Map<RegionId, number>([
    [WORLD, 90],
    [base, 10],
    [cell, 100],
    [other, 300],
  ]);
  expect(leafWeights(own, regions)).toEqual(
    new Map([
      [cell, 125],
      [other, 375],
    ]),
  );
});

it('leaves a region that has nothing below it what it has', () => {
  expect(leafWeights(new Map([[WORLD, 0]]), regions)).toEqual(new Map([[WORLD, 0]]));
});

it('loses nothing, and weighs no region that has another below it', () => {
  const family = [
    WORLD,
    base,
    ...regions.children(base),
    ...regions.children(coarse),
    ...regions.ancestors(cell),
    cell,
  ];
  const some = fc.array(fc.tuple(fc.constantFrom(...family), fc.integer({ min: 0, max: 1000 })), { minLength: 1 });
  fc.assert(
    fc.property(some, (entries) => {
      const own = new Map(entries);
      const weights = leafWeights(own, regions);
      const sum = (of: Map<RegionId, number>) => [...of.values()].reduce((a, b) => a + b, 0);
      expect(sum(weights)).toBeCloseTo(sum(own), 6);
      const above = new Set([...own.keys()].flatMap((region) => regions.ancestors(region)));
      expect([...weights.keys()].sort()).toEqual([...own.keys()].filter((region) => !above.has(region)).sort());
    }),
  );
});
