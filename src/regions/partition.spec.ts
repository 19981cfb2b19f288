import { cellToParent, latLngToCell } from 'h3-js';
import { big, hex } from '../../test/support/reference-partition.js';
import { WORLD, type RegionId } from './cell.js';
import { partition, type PartitionSettings } from './partition.js';
import type { PendingReport } from './pending-tree.js';
import { RegionsError } from './regions-error.js';

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
