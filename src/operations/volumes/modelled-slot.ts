import type { SlotVolume } from '../../cens/index.js';
import type { PartitionSettings, PendingReport, RegionId, Regions } from '../../regions/index.js';

/** CENs of a report: 3 phones nearby, 12 CENs an hour, 12 hours a day, 21 days (docs/capacity.md). */
const CENS_PER_REPORT = 9072;

export interface ModelledSlot {
  readonly pending: readonly PendingReport[];
  /** Whether a region's CENs had to be spread over finer cells, of which nothing is known. */
  readonly isSpread: boolean;
}

/**
 * What may have been pending in a slot that published these volumes: reports are not known any more, nor where within a
 * region they came from, and must not be. A region has as many reports as its CENs make, at least the minimum, of different sizes.
 * They lie in the region itself, unless it was small enough to be left whole and would not be under the wanted settings: then evenly
 * in its finest cells. A region that was split, and is not above the limit any more without what has moved up out of it, comes out whole.
 */
export function modelledSlot(
  volumes: readonly SlotVolume[],
  current: PartitionSettings,
  wanted: PartitionSettings,
  regions: Regions,
): ModelledSlot {
  const mustSplit = ({ region, cens }: SlotVolume, settings: PartitionSettings) =>
    cens > settings.splitAbove && regions.resolution(region) < settings.regionMaxResolution;
  const above = new Set(volumes.flatMap(({ region }) => regions.ancestors(region)));
  // What a region had left when it was split stays there: it was too little, or came from just there.
  const wasSplit = (volume: SlotVolume) => mustSplit(volume, current) || above.has(volume.region);
  let isSpread = false;
  const pending = volumes.flatMap((volume) => {
    const spread = mustSplit(volume, wanted) && !wasSplit(volume);
    isSpread ||= spread;
    const cells = spread ? finestCells(volume.region, wanted.regionMaxResolution, regions) : [volume.region];
    return reportsOf(volume.cens, current.minReports, cells);
  });
  return { pending, isSpread };
}

function finestCells(region: RegionId, resolution: number, regions: Regions): RegionId[] {
  if (regions.resolution(region) >= resolution) return [region];
  return regions.children(region).flatMap((child) => finestCells(child, resolution, regions));
}

/** Sizes from two thirds to four thirds of the mean, all different, so that none of them are bound to move together. */
function reportsOf(cens: number, minReports: number, cells: readonly RegionId[]): PendingReport[] {
  const count = Math.min(cens, Math.max(minReports, Math.round(cens / CENS_PER_REPORT)));
  const shares = (count * (3 * count - 1)) / 2;
  let given = 0;
  return Array.from({ length: count }, (_, i) => {
    const upTo = i === count - 1 ? cens : given + Math.max(1, Math.floor((cens * (count + i)) / shares));
    const size = Math.max(0, upTo - given);
    given = upTo;
    return { backed: true, groups: [{ cell: cells[Math.floor((i * cells.length) / count)], count: size }] };
  });
}
