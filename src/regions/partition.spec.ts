import fc from 'fast-check';
import { cellToChildren, cellToParent, getRes0Cells, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { CELL_RESOLUTION, WORLD, type RegionId } from './cell.js';
import { partition, type PartitionSettings, type PlannedRegion, type ShortWorld } from './partition.js';
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

/** What comes of a slot: `held` waits for a later one. */
interface Slot {
  readonly published: Published;
  readonly held: readonly Load[];
}

/** Protocol §8, sentence by sentence, with no regard for cost. */
function byTheText(pending: Load[], settings: PartitionSettings, shortWorld: ShortWorld): Slot {
  const { parts, remains } = divided(WORLD, pending, settings);
  if (shortWorld === 'publish' || remains.length === 0 || reports(remains) >= settings.minReports) {
    return { published: publishedByTheText(WORLD, pending, settings), held: [] };
  }
  const published = parts.flatMap((part) => [...publishedByTheText(part, below(part, pending), settings)]);
  return { published: new Map(published), held: remains };
}

const below = (region: RegionId, pending: readonly Load[]): Load[] =>
  pending.filter(({ cell }) => covers(region, cell));

/** The children that get their own part of the tree, and what remains. */
function divided(region: RegionId, pending: readonly Load[], settings: PartitionSettings) {
  const isSplit = cens(pending) > settings.splitAbove && resolution(region) < settings.regionMaxResolution;
  const parts = isSplit
    ? childrenOf(region).filter((child) => reports(below(child, pending)) >= settings.minReports)
    : [];
  return { parts, remains: pending.filter(({ cell }) => !parts.some((child) => covers(child, cell))) };
}

function publishedByTheText(
  region: RegionId,
  pending: readonly Load[],
  settings: PartitionSettings,
  filledUp = new Set<RegionId>(),
): Published {
  const { parts, remains } = divided(region, pending, settings);
  const published: Published = new Map(
    parts.flatMap((part) => [...publishedByTheText(part, below(part, pending), settings, filledUp)]),
  );
  if (remains.length === 0) return published;
  if (reports(remains) >= settings.minReports || published.size === 0) return published.set(region, remains);
  const filled = fillByTheText(remains, published, settings.minReports, filledUp);
  filledUp.add(region);
  return published.set(region, filled);
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
    partition(pending, using, 'publish').regions.map(({ region, cens: c, reports: r }) => [region, c, r]);

  it('publishes one world when little is pending', () => {
    expect(planned([report([vienna, 40]), report([vienna, 40]), report([tokyo, 20])])).toEqual([[WORLD, 100, 3]]);
  });

  it('has nothing to publish, nor to hold, when nothing is pending', () => {
    const nothing = { regions: [], held: undefined, movedUp: 0 };
    expect(partition([], s, 'hold')).toEqual(nothing);
    expect(partition([report(), report([vienna, 0])], s, 'hold')).toEqual(nothing);
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

  it('holds all that has too few reports, whatever its size, or publishes it as it is', () => {
    const pending = [report([vienna, 500]), report([tokyo, 500], [vienna, 7])];
    const plan = partition(pending, s, 'hold');
    expect(plan).toMatchObject({ regions: [], held: { region: WORLD, cens: 1007, reports: 2 }, movedUp: 0 });
    expect(plan.held?.groups).toHaveLength(3);
    expect(planned(pending)).toEqual([[WORLD, 1007, 2]]);
  });

  it('holds what remains for the world where a country can be divided without it', () => {
    const pending = [...many(3, [vienna, 50]), report([vienna, 20], [tokyo, 1]), report([WORLD, 2])];
    const { regions, held, movedUp } = partition(pending, s, 'hold');
    expect(regions.map(({ region, cens: c, reports: r }) => [region, c, r])).toEqual([[vienna, 170, 4]]);
    expect(held).toMatchObject({ region: WORLD, cens: 3, reports: 2 });
    expect(held!.groups).toEqual(
      expect.arrayContaining([
        { report: 3, group: 1 },
        { report: 4, group: 0 },
      ]),
    );
    expect(movedUp).toBe(0);
    // Tokyo's single report and whoever fills the world up.
    expect(partition(pending, s, 'publish').movedUp).toBe(2);
  });

  it('refuses a cell that is none', () => {
    expect(() => partition([report([5n, 1])], s, 'hold')).toThrow(RegionsError);
  });
});
