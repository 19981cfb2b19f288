import fc from 'fast-check';
import { cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { WORLD, type RegionId } from './cell.js';
import { partition } from './partition.js';
import { planSlot, type SlotPlan, type SlotReport, type SlotRules } from './slot-plan.js';

const cellAt = (latitude: number, longitude: number): RegionId => BigInt(`0x${latLngToCell(latitude, longitude, 3)}`);
const [vienna, tokyo, sydney] = [cellAt(48.2, 16.37), cellAt(35.7, 139.7), cellAt(-33.9, 151.2)];
const RULES: SlotRules = { splitAbove: 10, minReports: 2, regionMaxResolution: 3, longestHold: 6, mostHeldCens: 1000 };
const START = 100;

const report = (...groups: [RegionId, number][]): SlotReport => ({
  backed: true,
  groups: groups.map(([cell, count]) => ({ cell, count })),
});
const since = (heldSince: number, held: SlotReport): SlotReport => ({ ...held, heldSince });
const told = ({ regions, held }: SlotPlan) => ({
  regions: regions.map(({ region, cens }) => [region, cens]),
  held: [...held].sort((a, b) => a - b),
});
const plan = (pending: SlotReport[], rules = RULES) => told(planSlot(pending, START, rules));

describe('what a slot holds', () => {
  it('is the whole report of which something would be left for the world', () => {
    const pending = [report([vienna, 8], [tokyo, 7]), report([vienna, 9]), report([vienna, 10])];
    expect(plan(pending)).toEqual({ regions: [[vienna, 19]], held: [0] });
  });

  it('are all reports where they are too few together, however large', () => {
    expect(plan([report([vienna, 5000])])).toEqual({ regions: [], held: [0] });
  });

  it('are those as well that are too few without it', () => {
    const pending = [report([vienna, 8], [tokyo, 7]), report([vienna, 9]), report([sydney, 8]), report([sydney, 9])];
    expect(plan(pending)).toEqual({ regions: [[sydney, 17]], held: [0, 1] });
  });

  it('is nothing any more when a region can stand alone with it', () => {
    const pending = [since(94 + 1, report([vienna, 8], [tokyo, 7])), report([vienna, 9]), report([tokyo, 6])];
    expect(plan(pending)).toEqual({
      regions: [
        [vienna, 17],
        [tokyo, 13],
      ],
      held: [],
    });
  });

  it('has waited for less than the longest time: with one that has, all goes out that would be left over', () => {
    const pending = [
      report([tokyo, 7]),
      report([sydney, 6]),
      report([vienna, 9]),
      report([vienna, 8]),
      report([vienna, 8]),
    ];
    const strict = { ...RULES, minReports: 3 };
    expect(plan(pending, strict)).toEqual({ regions: [[vienna, 25]], held: [0, 1] });
    const overdue = [since(START - 6, pending[0]!), ...pending.slice(1), report([vienna, 7])];
    expect(plan(overdue, strict)).toEqual({
      regions: [
        [WORLD, 7 + 6 + 7],
        [vienna, 25],
      ],
      held: [],
    });
  });

  it('is not sent out by others that have waited long and can go without it', () => {
    const pending = [report([tokyo, 7]), since(START - 60, report([vienna, 9])), report([vienna, 8])];
    expect(plan(pending)).toEqual({ regions: [[vienna, 17]], held: [0] });
  });

  it('is nothing where none may wait, and not more than what decoys would cost', () => {
    const pending = [report([tokyo, 7]), report([vienna, 9]), report([vienna, 8]), report([vienna, 8])];
    expect(plan(pending, { ...RULES, longestHold: 0 }).held).toEqual([]);
    expect(plan(pending, { ...RULES, mostHeldCens: 6 }).held).toEqual([]);
    expect(plan(pending, { ...RULES, mostHeldCens: 7 }).held).toEqual([0]);
  });
});

const places = [
  ...gridDisk(latLngToCell(48.2, 16.37, 3), 3),
  latLngToCell(35.7, 139.7, 3),
  latLngToCell(-33.9, 151.2, 3),
];
const anywhere = fc
  .tuple(fc.constantFrom(...places), fc.integer({ min: -1, max: 3 }))
  .map(([cell, level]): RegionId => (level < 0 ? WORLD : BigInt(`0x${cellToParent(cell, level)}`)));
const reports = fc.array(
  fc.record({
    backed: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    heldSince: fc.option(fc.integer({ min: START - 9, max: START - 1 }), { nil: undefined }),
    groups: fc.array(fc.record({ cell: anywhere, count: fc.integer({ min: 1, max: 20 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  { maxLength: 30 },
);
const rules = fc.record({
  splitAbove: fc.integer({ min: 0, max: 80 }),
  minReports: fc.integer({ min: 1, max: 5 }),
  regionMaxResolution: fc.integer({ min: 0, max: 3 }),
  longestHold: fc.integer({ min: 0, max: 8 }),
  mostHeldCens: fc.constantFrom(0, 20, 1000),
});

describe('any slot', () => {
  it('publishes every group of a report or none, and divides the published as if the others were not there', () => {
    fc.assert(
      fc.property(reports, rules, (pending, r) => {
        const { regions, held } = planSlot(pending, START, r);
        const published = regions.flatMap(({ groups }) => groups.map(({ report: i, group }) => `${i}.${group}`));
        const wanted = pending.flatMap(({ groups }, i) => (held.has(i) ? [] : groups.map((_, g) => `${i}.${g}`)));
        expect(published.sort()).toEqual(wanted.sort());
        const others = pending.filter((_, i) => !held.has(i));
        const alone = partition(others, r, 'publish').regions;
        expect(regions.map(({ region, cens }) => [region, cens])).toEqual(
          alone.map(({ region, cens }) => [region, cens]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('holds only reports that may wait longer, and publishes too few for the world only with one that may not', () => {
    fc.assert(
      fc.property(reports, rules, (pending, r) => {
        const { regions, held } = planSlot(pending, START, r);
        const age = (i: number) => START - (pending[i]!.heldSince ?? START);
        for (const i of held) expect(age(i)).toBeLessThan(r.longestHold);
        const isShort = regions.some((region) => region.reports < r.minReports);
        const hasOverdue = pending.some((_, i) => !held.has(i) && age(i) >= r.longestHold);
        if (isShort) expect(hasOverdue).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('holds some reports beside what it publishes in these runs, so that the properties above say something', () => {
    const slots = fc.sample(fc.tuple(reports, rules), { numRuns: 1000, seed: 1 });
    const plans = slots.map(([pending, r]) => planSlot(pending, START, r));
    expect(plans.filter(({ regions, held }) => regions.length > 0 && held.size > 0).length).toBeGreaterThan(10);
  });

  it('does not depend on the order of reports', () => {
    fc.assert(
      fc.property(reports, rules, (pending, r) => {
        const there = planSlot(pending, START, r);
        const back = planSlot([...pending].reverse(), START, r);
        expect([...back.held].map((i) => pending.length - 1 - i).sort()).toEqual([...there.held].sort());
        expect(told({ ...back, held: new Set() })).toEqual(told({ ...there, held: new Set() }));
      }),
      { numRuns: 300 },
    );
  });
});
