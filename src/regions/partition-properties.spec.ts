import fc from 'fast-check';
import { cellToParent, gridDisk, latLngToCell } from 'h3-js';
import {
  below,
  big,
  byTheText,
  cens,
  childrenOf,
  covers,
  hex,
  type Load,
  pathOf,
  type Published,
  reports,
  resolution,
  type Slot,
} from '../../test/support/reference-partition.js';
import { CELL_RESOLUTION, WORLD, type RegionId } from './cell.js';
import { partition, type PartitionSettings, type PlannedRegion, type ShortWorld } from './partition.js';

interface LabelledReport {
  readonly backed: boolean;
  readonly groups: readonly Load[];
}

function byTheCode(labelled: readonly LabelledReport[], settings: PartitionSettings, shortWorld: ShortWorld): Slot {
  const plan = partition(labelled, settings, shortWorld);
  const published: Published = new Map();
  for (const region of plan.regions) {
    expect(published.has(region.region)).toBe(false);
    published.set(region.region, checkedLoads(region, labelled));
  }
  if (plan.held === undefined) return { published, held: [] };
  expect(plan.held.region).toBe(WORLD);
  return { published, held: checkedLoads(plan.held, labelled) };
}

function checkedLoads(planned: PlannedRegion, labelled: readonly LabelledReport[]): Load[] {
  const loads = planned.groups.map(({ report, group }) => labelled[report]!.groups[group]!);
  expect([planned.cens, planned.reports]).toEqual([cens(loads), reports(loads)]);
  return loads;
}

const loadsOf = (labelled: readonly LabelledReport[]): Load[] =>
  labelled.flatMap(({ groups }) => groups).filter(({ count }) => count > 0);
const ids = (loads: readonly Load[]): string[] => loads.map(({ id }) => id).sort();
const asText = ({ published, held }: Slot): string[] =>
  [...published]
    .map(([region, loads]) => `${hex(region)}: ${ids(loads).join(' ')}`)
    .sort()
    .concat(`held: ${ids(held).join(' ')}`);

/** Places around which the cells of a run lie: both poles, the antimeridian, a pentagon, a city at a base cell's border. */
const centre = fc.oneof(
  fc.constantFrom<[number, number]>(
    [90, 0],
    [-90, 0],
    [66, 180],
    [-17, -179.9],
    [64.7, 10.536],
    [48.2, 16.37],
    [1.35, 103.8],
  ),
  fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
);
const cell = (places: [number, number][]): fc.Arbitrary<RegionId> =>
  fc
    .tuple(fc.constantFrom(...places), fc.integer({ min: -1, max: CELL_RESOLUTION }), fc.nat(18))
    .map(([[lat, lng], level, nth]) => {
      if (level === -1) return WORLD;
      const disk = gridDisk(latLngToCell(lat, lng, level), 2);
      return big(disk[nth % disk.length]!);
    });
const country: fc.Arbitrary<LabelledReport[]> = fc
  .array(centre, { minLength: 1, maxLength: 3 })
  .chain((places) => fc.array(cell(places), { minLength: 1, maxLength: 12 }))
  .chain((cells) => {
    const group = fc.record({ cell: fc.constantFrom(...cells), count: fc.oneof(fc.nat(20), fc.constantFrom(0, 9)) });
    const report = fc.record({
      backed: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
      groups: fc.array(group, { maxLength: 5 }),
    });
    return fc.array(report, { maxLength: 30 });
  })
  .map((drawn) =>
    drawn.map(({ backed, groups }, r) => ({
      backed,
      groups: groups.map((group, g) => ({ ...group, backed, report: `${r}`, id: `${r}.${g}` })),
    })),
  );
const settings: fc.Arbitrary<PartitionSettings> = fc.record({
  splitAbove: fc.oneof(fc.nat(60), fc.constant(0)),
  minReports: fc.integer({ min: 1, max: 6 }),
  regionMaxResolution: fc.integer({ min: 0, max: CELL_RESOLUTION }),
});
const shortWorld = fc.constantFrom<ShortWorld>('hold', 'publish');
const RUNS = { numRuns: 500 };

describe('partition', () => {
  it('is what the text of protocol §8 says', () => {
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        expect(asText(byTheCode(labelled, s, short))).toEqual(asText(byTheText(loadsOf(labelled), s, short)));
      }),
      { numRuns: 1000 },
    );
  });

  it('publishes or holds each group with CENs exactly once, in its own cell or an ancestor', () => {
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        const { published, held } = byTheCode(labelled, s, short);
        expect(ids([...[...published.values()].flat(), ...held])).toEqual(ids(loadsOf(labelled)));
        for (const [region, loads] of published) expect(loads.every((load) => covers(region, load.cell))).toBe(true);
      }),
      RUNS,
    );
  });

  it('gives every region its minimum of distinct backed reports, unless all that is pending has less and must not wait', () => {
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        for (const [region, loads] of byTheCode(labelled, s, short).published) {
          const isAll = region === WORLD && reports(loadsOf(labelled)) < s.minReports;
          expect(reports(loads) >= s.minReports || (isAll && short === 'publish')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('holds nothing that must not wait, and of what may only what would be too little for the world', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        expect(byTheCode(labelled, s, 'publish').held).toEqual([]);
        const { published, held } = byTheCode(labelled, s, 'hold');
        if (held.length === 0) return;
        expect(reports(held)).toBeLessThan(s.minReports);
        expect(published.has(WORLD)).toBe(false);
        // No child of the world that could stand alone has anything that waits.
        for (const child of childrenOf(WORLD)) {
          const isThere = held.some((load) => covers(child, load.cell));
          if (published.size > 0 && isThere)
            expect(reports(below(child, loadsOf(labelled)))).toBeLessThan(s.minReports);
        }
      }),
      RUNS,
    );
  });

  it('leaves no region above the limit that could be split: each child fit for a part was needed by the rest', () => {
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        for (const [region, loads] of byTheCode(labelled, s, short).published) {
          expect(resolution(region)).toBeLessThanOrEqual(s.regionMaxResolution);
          if (cens(loads) <= s.splitAbove || resolution(region) === s.regionMaxResolution) continue;
          for (const child of childrenOf(region)) {
            const rest = loads.filter((load) => !covers(child, load.cell));
            const fit = reports(below(child, loads)) >= s.minReports;
            expect(fit && (rest.length === 0 || reports(rest) >= s.minReports)).toBe(false);
          }
        }
      }),
      RUNS,
    );
  });

  it('splits no region that is not above the limit', () => {
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        for (const region of byTheCode(labelled, s, short).published.keys()) {
          if (region === WORLD) continue;
          const above = resolution(region) === 0 ? WORLD : big(cellToParent(hex(region), resolution(region) - 1));
          expect(cens(below(above, loadsOf(labelled)))).toBeGreaterThan(s.splitAbove);
        }
      }),
      RUNS,
    );
  });

  it('does not depend on the order of reports, nor of the groups in them', () => {
    const shuffled = country.chain((labelled) => {
      const groups = labelled.map((report) =>
        fc
          .shuffledSubarray([...report.groups], { minLength: report.groups.length })
          .map((g) => ({ ...report, groups: g })),
      );
      return fc.tuple(
        fc.constant(labelled),
        fc.tuple(...groups).chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
      );
    });
    fc.assert(
      fc.property(shuffled, settings, shortWorld, ([one, other], s, short) => {
        const [a, b] = [byTheCode(one, s, short), byTheCode(other, s, short)];
        expect(asText(b)).toEqual(asText(a));
        expect([...b.published.keys()]).toEqual([...a.published.keys()]);
      }),
      RUNS,
    );
  });

  it('names parents before their children, and siblings by ascending id', () => {
    const digits = (region: RegionId): string => [...pathOf(region)].map(hex).join('/');
    fc.assert(
      fc.property(country, settings, shortWorld, (labelled, s, short) => {
        const order = [...byTheCode(labelled, s, short).published.keys()].map(digits);
        expect(order).toEqual([...order].sort());
      }),
      RUNS,
    );
  });

  it('reaches the finest regions and holds back beside them in these runs, so that the properties above say something', () => {
    const depths = new Set<number>();
    let heldBeside = 0;
    for (const [labelled, s] of fc.sample(fc.tuple(country, settings), { numRuns: 300, seed: 1 })) {
      const { published, held } = byTheCode(labelled, s, 'hold');
      for (const region of published.keys()) depths.add(resolution(region));
      if (published.size > 0 && held.length > 0) heldBeside++;
    }
    expect([...depths].sort()).toEqual([-1, 0, 1, 2, 3]);
    expect(heldBeside).toBeGreaterThan(10);
  });
});
