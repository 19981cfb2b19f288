import fc from 'fast-check';
import { cellToChildren, cellToParent, getRes0Cells, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { CELL_RESOLUTION, WORLD, type RegionId } from './cell.js';
import { partition, type PartitionSettings } from './partition.js';
import type { PendingReport } from './pending-tree.js';
import { RegionsError } from './regions-error.js';

/** A group as the tests see it: knows its report, and its place, which survives shuffling as `id`. */
interface Load {
  readonly id: string;
  readonly report: string;
  readonly backed: boolean;
  readonly cell: RegionId;
  readonly count: number;
}
interface LabelledReport {
  readonly backed: boolean;
  readonly groups: readonly Load[];
}

const big = (index: string): bigint => BigInt(`0x${index}`);
const hex = (cell: bigint): string => cell.toString(16);
const remembered = <T>(compute: (region: RegionId) => T): ((region: RegionId) => T) => {
  const known = new Map<RegionId, T>();
  return (region) => {
    if (!known.has(region)) known.set(region, compute(region));
    return known.get(region)!;
  };
};
const resolution = remembered((region) => (region === WORLD ? -1 : getResolution(hex(region))));
/** By h3-js alone: the cell itself and all that is above it. */
const pathOf = remembered((cell) => {
  const cells = Array.from({ length: resolution(cell) + 1 }, (_, level) => big(cellToParent(hex(cell), level)));
  return new Set([WORLD, ...cells]);
});
const covers = (region: RegionId, cell: RegionId): boolean => pathOf(cell).has(region);
const childrenOf = remembered((region) =>
  (region === WORLD ? getRes0Cells() : cellToChildren(hex(region), resolution(region) + 1)).map(big),
);
const cens = (loads: readonly Load[]): number => loads.reduce((sum, { count }) => sum + count, 0);
const reports = (loads: readonly Load[]): number =>
  new Set(loads.filter(({ backed }) => backed).map(({ report }) => report)).size;

type Published = Map<RegionId, Load[]>;

/** Protocol §8, sentence by sentence, with no regard for cost. */
function byTheText(
  region: RegionId,
  pending: Load[],
  settings: PartitionSettings,
  filledUp = new Set<RegionId>(),
): Published {
  const isSplit = cens(pending) > settings.splitAbove && resolution(region) < settings.regionMaxResolution;
  const below = (child: RegionId): Load[] => pending.filter(({ cell }) => covers(child, cell));
  const parts = isSplit ? childrenOf(region).filter((child) => reports(below(child)) >= settings.minReports) : [];
  const published: Published = new Map(
    parts.flatMap((child) => [...byTheText(child, below(child), settings, filledUp)]),
  );
  let remains = pending.filter(({ cell }) => !parts.some((child) => covers(child, cell)));
  if (remains.length > 0 && reports(remains) < settings.minReports && published.size > 0) {
    remains = fillByTheText(remains, published, settings.minReports, filledUp);
    filledUp.add(region);
  }
  if (remains.length > 0) published.set(region, remains);
  return published;
}

/** Fills up from `published`, of which it takes what it moves. */
function fillByTheText(
  remains: Load[],
  published: Published,
  minReports: number,
  filledUp: ReadonlySet<RegionId>,
): Load[] {
  const groupsOf = (report: string): Load[] => remains.filter((load) => load.backed && load.report === report);
  const least = Math.max(0, ...remains.map(({ report }) => cens(groupsOf(report))));
  const left: Published = new Map(published);
  let filled = remains;
  const givers = [...published].filter(([region]) => !filledUp.has(region));
  const lots = givers.flatMap(([region, loads]) =>
    loads.filter(({ backed, count }) => backed && count >= least).map(({ cell, count }) => ({ region, cell, count })),
  );
  lots.sort((a, b) => a.count - b.count || Number(a.cell - b.cell) || Number(a.region - b.region));
  for (const { region, cell, count } of lots) {
    if (reports(filled) >= minReports) break;
    const here = filled.filter(({ backed }) => backed).map(({ report }) => report);
    const lot = left
      .get(region)!
      .filter((load) => load.backed && load.cell === cell && load.count === count && !here.includes(load.report));
    const rest = left.get(region)!.filter((load) => !lot.includes(load));
    if (reports(rest) < minReports) continue;
    left.set(region, rest);
    filled = [...filled, ...lot];
  }
  if (reports(filled) >= minReports) {
    for (const [region, loads] of left) published.set(region, loads);
    return filled;
  }
  const [smallest, all] = [...published].sort(([r, a], [s, b]) => cens(a) - cens(b) || Number(r - s))[0]!;
  published.delete(smallest);
  return [...remains, ...all];
}

function byTheCode(labelled: readonly LabelledReport[], settings: PartitionSettings): Published {
  const { regions, short } = partition(labelled, settings);
  expect(short === undefined || regions.length === 0).toBe(true);
  const planned = short ? [short] : regions;
  const published: Published = new Map();
  for (const { region, groups, cens: censOf, reports: reportsOf } of planned) {
    const loads = groups.map(({ report, group }) => labelled[report]!.groups[group]!);
    expect([censOf, reportsOf]).toEqual([cens(loads), reports(loads)]);
    expect(published.has(region)).toBe(false);
    published.set(region, loads);
  }
  expect(short !== undefined).toBe(planned.length > 0 && reports(loadsOf(labelled)) < settings.minReports);
  return published;
}

const loadsOf = (labelled: readonly LabelledReport[]): Load[] =>
  labelled.flatMap(({ groups }) => groups).filter(({ count }) => count > 0);
const asText = (published: Published): string[] =>
  [...published]
    .map(
      ([region, loads]) =>
        `${hex(region)}: ${loads
          .map(({ id }) => id)
          .sort()
          .join(' ')}`,
    )
    .sort();

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
const RUNS = { numRuns: 500 };

describe('partition', () => {
  it('is what the text of protocol §8 says', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        expect(asText(byTheCode(labelled, s))).toEqual(asText(byTheText(WORLD, loadsOf(labelled), s)));
      }),
      RUNS,
    );
  });

  it('publishes each group with CENs exactly once, in its own cell or an ancestor', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        const published = byTheCode(labelled, s);
        const ids = [...published.values()].flat().map(({ id }) => id);
        expect(ids.sort()).toEqual(
          loadsOf(labelled)
            .map(({ id }) => id)
            .sort(),
        );
        for (const [region, loads] of published) expect(loads.every((load) => covers(region, load.cell))).toBe(true);
      }),
      RUNS,
    );
  });

  it('gives every region its minimum of distinct backed reports, unless all that is pending has less', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        for (const [region, loads] of byTheCode(labelled, s)) {
          const enough = reports(loads) >= s.minReports;
          expect(enough || (region === WORLD && reports(loadsOf(labelled)) < s.minReports)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('leaves no region above the limit that could be split: each child fit for a part was needed by the rest', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        for (const [region, loads] of byTheCode(labelled, s)) {
          expect(resolution(region)).toBeLessThanOrEqual(s.regionMaxResolution);
          if (cens(loads) <= s.splitAbove || resolution(region) === s.regionMaxResolution) continue;
          for (const child of childrenOf(region)) {
            const rest = loads.filter((load) => !covers(child, load.cell));
            const fit = reports(loads.filter((load) => covers(child, load.cell))) >= s.minReports;
            expect(fit && (rest.length === 0 || reports(rest) >= s.minReports)).toBe(false);
          }
        }
      }),
      RUNS,
    );
  });

  it('splits no region that is not above the limit', () => {
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        for (const region of byTheCode(labelled, s).keys()) {
          if (region === WORLD) continue;
          const above = resolution(region) === 0 ? WORLD : big(cellToParent(hex(region), resolution(region) - 1));
          expect(cens(loadsOf(labelled).filter((load) => covers(above, load.cell)))).toBeGreaterThan(s.splitAbove);
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
      fc.property(shuffled, settings, ([one, other], s) => {
        const [a, b] = [byTheCode(one, s), byTheCode(other, s)];
        expect(asText(b)).toEqual(asText(a));
        expect([...b.keys()]).toEqual([...a.keys()]);
      }),
      RUNS,
    );
  });

  it('names parents before their children, and siblings by ascending id', () => {
    const digits = (region: RegionId): string => [...pathOf(region)].map(hex).join('/');
    fc.assert(
      fc.property(country, settings, (labelled, s) => {
        const order = [...byTheCode(labelled, s).keys()].map(digits);
        expect(order).toEqual([...order].sort());
      }),
      RUNS,
    );
  });

  it('reaches the finest regions in these runs, so that the properties above say something', () => {
    const depths = new Set<number>();
    const loads = fc.sample(fc.tuple(country, settings), { numRuns: 300, seed: 1 });
    for (const [labelled, s] of loads)
      for (const region of byTheCode(labelled, s).keys()) depths.add(resolution(region));
    expect([...depths].sort()).toEqual([-1, 0, 1, 2, 3]);
  });
});

describe('partition, by example', () => {
  const vienna = big(latLngToCell(48.2, 16.37, 3));
  const tokyo = big(latLngToCell(35.7, 139.7, 3));
  const base = big(cellToParent(hex(vienna), 0));
  const s: PartitionSettings = { splitAbove: 100, minReports: 3, regionMaxResolution: 3 };
  const report = (...groups: [RegionId, number][]): PendingReport => ({
    backed: true,
    groups: groups.map(([c, count]) => ({ cell: c, count })),
  });
  const planned = (pending: PendingReport[], using = s): [RegionId, number, number][] =>
    partition(pending, using).regions.map(({ region, cens: c, reports: r }) => [region, c, r]);

  it('publishes one world when little is pending', () => {
    expect(planned([report([vienna, 40]), report([vienna, 40]), report([tokyo, 20])])).toEqual([[WORLD, 100, 3]]);
  });

  it('has nothing to publish, nor to hold, when nothing is pending', () => {
    expect(partition([], s)).toEqual({ regions: [], short: undefined, movedUp: 0 });
    expect(partition([report(), report([vienna, 0])], s)).toEqual({ regions: [], short: undefined, movedUp: 0 });
  });

  it('splits down to the cell, and keeps a group where its person chose to give a coarser one', () => {
    const local = Array.from({ length: 3 }, () => report([vienna, 50], [base, 1]));
    expect(planned(local)).toEqual([
      [base, 3, 3],
      [vienna, 150, 3],
    ]);
  });

  const many = (count: number, ...groups: [RegionId, number][]): PendingReport[] =>
    Array.from({ length: count }, () => report(...groups));

  it('lets a region below join rather than publish fewer reports than the minimum', () => {
    expect(planned([...many(3, [vienna, 50]), report([tokyo, 1])])).toEqual([[WORLD, 151, 4]]);
  });

  it('lets the smallest region of all below join whole, where none can spare a group', () => {
    const pending = [...many(4, [vienna, 50]), ...many(3, [tokyo, 60]), report([WORLD, 1])];
    expect(planned(pending)).toEqual([
      [WORLD, 181, 4],
      [vienna, 200, 4],
    ]);
    expect(planned(pending, { ...s, regionMaxResolution: 0 })).toEqual([
      [WORLD, 181, 4],
      [base, 200, 4],
    ]);
  });

  it('fills a region up with the smallest groups that are no smaller than what a report has in it', () => {
    const pending = [
      ...many(3, [vienna, 50]),
      ...[7, 8, 9, 10].map((count) => report([vienna, count])),
      report([tokyo, 4], [WORLD, 4]),
    ];
    expect(planned(pending)).toEqual([
      [WORLD, 8 + 8 + 9, 3],
      [vienna, 150 + 7 + 10, 5],
    ]);
  });

  it('keeps large regions split beside a single stray report', () => {
    const graz = big(latLngToCell(47.07, 15.44, 3));
    const pending = [...many(3, [vienna, 50]), ...many(3, [graz, 60]), report([vienna, 20]), report([tokyo, 1])];
    expect(planned(pending)).toEqual([
      [WORLD, 151 + 20, 5],
      [graz, 180, 3],
    ]);
    expect(planned([...pending, report([graz, 30]), report([graz, 40])])).toEqual([
      [WORLD, 1 + 20 + 30, 3],
      [graz, 180 + 40, 4],
      [vienna, 150, 3],
    ]);
  });

  it('takes nothing from a region that was filled up itself, lest it be left with one child alone', () => {
    const prague = big(latLngToCell(50.08, 14.43, 3));
    const budapest = big(latLngToCell(47.5, 19.05, 3));
    const parent = big(cellToParent(hex(prague), 1));
    const pending = [...many(2, [prague, 50]), ...many(3, [budapest, 50]), ...many(1, [tokyo, 50])];
    const alone = many(3, [tokyo, 55]);
    expect(planned([...pending, ...alone, report([WORLD, 1])])).toEqual([
      [WORLD, 1 + 50 + 165, 5],
      [parent, 250, 5],
    ]);
  });

  it('does not count reports that nothing backs, nor groups without CENs', () => {
    const one = report([vienna, 60]);
    const unbacked = { ...one, backed: false };
    const empty = report([vienna, 0], [tokyo, 1]);
    const tokyos = Array.from({ length: 3 }, () => report([tokyo, 1]));
    for (const extra of [unbacked, empty]) {
      expect(planned([one, one, extra, ...tokyos]).map(([region]) => region)).toEqual([WORLD]);
      expect(planned([one, one, one, extra, ...tokyos]).map(([region]) => region)).toContain(vienna);
    }
  });

  it('hands back as short all that has too few reports, whatever its size', () => {
    const plan = partition([report([vienna, 500]), report([tokyo, 500], [vienna, 7])], s);
    expect(plan.regions).toEqual([]);
    expect(plan.short).toMatchObject({ region: WORLD, cens: 1007, reports: 2 });
    expect(plan.short?.groups).toHaveLength(3);
  });

  it('refuses a cell that is none', () => {
    expect(() => partition([report([5n, 1])], s)).toThrow(RegionsError);
  });
});
