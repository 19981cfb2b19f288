import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { type PartitionSettings, type PendingReport, type RegionId, Regions, WORLD } from '../../regions/index.js';
import { KnownPlaces } from './known-places.js';
import { modelledSlot } from './modelled-slot.js';
import type { SlotVolume } from './published-slots.js';

const regions = new Regions();
const SETTINGS: PartitionSettings = { splitAbove: 30_000, minReports: 3, regionMaxResolution: 3 };
const SETTINGS_COARSE = { ...SETTINGS, splitAbove: 200_000 };
const cells = gridDisk(latLngToCell(48.2, 16.37, 3), 4).map((cell) => regions.parse(cell));

/** What some slot published under `SETTINGS`. */
const published = fc
  .array(fc.record({ cell: fc.constantFrom(...cells), count: fc.integer({ min: 1, max: 12_000 }) }), {
    minLength: 3,
    maxLength: 60,
  })
  .map((groups) => {
    const pending = groups.map((group): PendingReport => ({ backed: true, groups: [group] }));
    return volumesOf(pending, SETTINGS);
  });

function volumesOf(pending: readonly PendingReport[], settings: PartitionSettings): SlotVolume[] {
  const rules = { ...settings, longestHold: 0, mostHeldCens: 0 };
  return regions.planSlot(pending, 0, rules).regions.map(({ region, cens }) => volume(region, cens));
}

function volume(region: RegionId, cens: number, isPadded = false): SlotVolume {
  return { region, cens, bytes: 5.3 * cens, isPadded };
}

/** What is made of a slot, in a window that has `others` besides. */
function model(
  volumes: SlotVolume[],
  current: PartitionSettings,
  wanted: PartitionSettings,
  others: SlotVolume[] = [],
) {
  return modelledSlot(volumes, current, wanted, new KnownPlaces([...volumes, ...others], regions), regions);
}

const byRegion = (volumes: readonly SlotVolume[]) => new Map(volumes.map(({ region, cens }) => [region, cens]));

/** Whether each region that was split is above the limit also without what has moved up out of it. */
function showsItsSplits(volumes: readonly SlotVolume[]): boolean {
  const split = new Set(volumes.flatMap(({ region }) => regions.ancestors(region)));
  const below = (above: bigint) =>
    volumes.filter(({ region }) => region === above || regions.isAncestor(above, region));
  const total = (above: bigint) => below(above).reduce((sum, { cens }) => sum + cens, 0);
  return [...split].every((region) => total(region) > SETTINGS.splitAbove);
}

it('publishes under the settings of the slot just what the slot has published', () => {
  fc.assert(
    fc.property(published, (volumes) => {
      fc.pre(showsItsSplits(volumes));
      const { pending, isGuessed, isUntold } = model(volumes, SETTINGS, SETTINGS);
      expect([isGuessed, isUntold]).toEqual([false, false]);
      expect(byRegion(volumesOf(pending, SETTINGS))).toEqual(byRegion(volumes));
    }),
  );
});

it('has all CENs under any settings, each in its region or below', () => {
  const wanted = fc.record({
    splitAbove: fc.integer({ min: 1, max: 100_000 }),
    minReports: fc.integer({ min: 1, max: 10 }),
    regionMaxResolution: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(published, wanted, (volumes, settings) => {
      const { pending } = model(volumes, SETTINGS, settings);
      const total = (of: readonly { cens: number }[]) => of.reduce((sum, { cens }) => sum + cens, 0);
      expect(total(volumesOf(pending, settings))).toBe(total(volumes));
      for (const { groups } of pending) {
        const lies = volumes.some(
          ({ region }) => region === groups[0].cell || regions.isAncestor(region, groups[0].cell),
        );
        expect(lies).toBe(true);
      }
    }),
  );
});

describe('a region that was left whole and would not be under finer settings', () => {
  const [cell] = cells;
  const [above, coarse] = regions.ancestors(cell);
  const finer = { ...SETTINGS, splitAbove: 10_000 };

  it('comes from the places below it that other slots tell of, as many from each as it has published', () => {
    const [one, other] = regions.children(above);
    const elsewhere = [volume(one, 30_000), volume(other, 90_000)];
    const { pending, isGuessed, isUntold } = model([volume(above, 27_000 * 4)], SETTINGS_COARSE, finer, elsewhere);
    expect([isGuessed, isUntold]).toEqual([true, false]);
    const places = pending.map(({ groups }) => groups[0].cell);
    expect([places.filter((place) => place === one).length, places.filter((place) => place === other).length]).toEqual([
      3, 9,
    ]);
  });

  it('is split there, also the world', () => {
    const { pending } = model([volume(WORLD, 900_000)], { ...SETTINGS, splitAbove: 1_000_000 }, finer, [
      ...cells.map((place) => volume(place, 1000)),
    ]);
    const published = volumesOf(pending, finer);
    expect(published.length).toBeGreaterThan(1);
    expect(published.every(({ region }) => region === WORLD || regions.isAncestor(WORLD, region))).toBe(true);
  });

  it('stays whole, and is told of, where no slot tells of a place below it', () => {
    const { pending, isGuessed, isUntold } = model([volume(above, 25_000)], SETTINGS, finer, [volume(coarse, 40_000)]);
    expect([isGuessed, isUntold]).toEqual([true, true]);
    expect(pending.every(({ groups }) => groups[0].cell === above)).toBe(true);
  });

  it('keeps what a split left over', () => {
    const remains = [volume(above, 25_000), volume(coarse, 25_000)];
    const { pending } = model(remains, SETTINGS, finer, [volume(cell, 5000)]);
    expect(pending.filter(({ groups }) => groups[0].cell === coarse)).toHaveLength(3);
  });
});

describe('a world that may have been filled up with decoys', () => {
  const current = { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 };
  const filled = volume(WORLD, 52_500, true);

  it('does not tell by its size that it was split: finer settings may split it', () => {
    const { isGuessed, isUntold } = model([filled], current, { ...current, splitAbove: 10_000 });
    expect([isGuessed, isUntold]).toEqual([true, true]);
  });

  it.each([{ splitAbove: 200_000 }, { regionMaxResolution: 1 }])('stays as it is, surely, under %j', (coarser) => {
    const { pending, isGuessed, isUntold } = model([filled], current, { ...current, ...coarser });
    expect([isGuessed, isUntold]).toEqual([false, false]);
    expect(volumesOf(pending, current)).toEqual([volume(WORLD, 52_500)]);
  });

  it('counts for the few that a split left over, so that decoys keep nothing split', () => {
    const slot = [filled, volume(cells[0], 120_000)];
    const { pending, isGuessed } = model(slot, current, { ...current, splitAbove: 170_000 });
    expect(isGuessed).toBe(true);
    expect(volumesOf(pending, { ...current, splitAbove: 170_000 })).toEqual([volume(WORLD, 5 * 9072 + 120_000)]);
    // Above the limit without it: then it is what it was.
    expect(model(slot, current, { ...current, splitAbove: 100_000 }).isGuessed).toBe(false);
  });
});
