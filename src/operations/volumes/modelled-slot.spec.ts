import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import type { SlotVolume } from '../../cens/index.js';
import { type PartitionSettings, type PendingReport, Regions } from '../../regions/index.js';
import { modelledSlot } from './modelled-slot.js';

const regions = new Regions();
const SETTINGS: PartitionSettings = { splitAbove: 30_000, minReports: 3, regionMaxResolution: 3 };
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
  const { regions: planned, short } = regions.partition(pending, settings);
  return (short === undefined ? planned : [short]).map(({ region, cens }) => ({ region, cens, start: 0 }));
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
      const { pending, isSpread } = modelledSlot(volumes, SETTINGS, SETTINGS, regions);
      expect(isSpread).toBe(false);
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
      const { pending } = modelledSlot(volumes, SETTINGS, settings, regions);
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

it('spreads a region that was left whole over its finest cells, and nothing that a split left over', () => {
  const [cell] = cells;
  const [above, coarse] = regions.ancestors(cell);
  const volumes = [{ region: above, cens: 25_000, start: 0 }];
  const finer = { ...SETTINGS, splitAbove: 10_000 };
  const model = modelledSlot(volumes, SETTINGS, finer, regions);
  expect(model.isSpread).toBe(true);
  expect(model.pending.every(({ groups }) => regions.parent(groups[0].cell) === above)).toBe(true);

  const remains = [...volumes, { region: coarse, cens: 25_000, start: 0 }];
  const { pending } = modelledSlot(remains, SETTINGS, finer, regions);
  expect(pending.filter(({ groups }) => groups[0].cell === coarse)).toHaveLength(3);
});
