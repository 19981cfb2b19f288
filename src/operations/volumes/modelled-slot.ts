import type { PartitionSettings, PendingReport, RegionId, Regions } from '../../regions/index.js';
import type { KnownPlaces, Places } from './known-places.js';
import type { SlotVolume } from './published-slots.js';

/** CENs of a report: 3 phones nearby, 12 CENs an hour, 12 hours a day, 21 days (docs/capacity.md). */
const CENS_PER_REPORT = 9072;

export interface ModelledSlot {
  readonly pending: readonly PendingReport[];
  /** Whether it took a guess: where within a region CENs came from, or how many of a batch are decoys. */
  readonly isGuessed: boolean;
  /** Whether a region may be divided further under the wanted settings, of which nothing tells where its CENs came from. It is left whole. */
  readonly isUntold: boolean;
}

/** Where the CENs of one volume are taken to have come from. */
type Origin = 'there' | 'left-over' | 'below';

/**
 * What may have been pending in a slot that published these volumes: reports are not known any more, nor where within a
 * region they came from, and must not be. A region has as many reports as its CENs make, at least the minimum, of different sizes.
 * They lie in the region itself, unless it was small enough to be left whole and would not be under the wanted settings: then in the
 * places below it that other slots tell of. A region that was split, and is not above the limit any more without what has moved up out
 * of it, comes out whole.
 */
export function modelledSlot(
  volumes: readonly SlotVolume[],
  current: PartitionSettings,
  wanted: PartitionSettings,
  places: KnownPlaces,
  regions: Regions,
): ModelledSlot {
  const mustSplit = ({ region, cens }: SlotVolume, settings: PartitionSettings) =>
    cens > settings.splitAbove && regions.resolution(region) < settings.regionMaxResolution;
  const above = new Set(volumes.flatMap(({ region }) => regions.ancestors(region)));
  const isFiner = wanted.splitAbove < current.splitAbove;

  function originOf(volume: SlotVolume): Origin {
    // What a region had left when it was split stays there: it was too little, or came from just there.
    if (above.has(volume.region)) return volume.isPadded ? 'left-over' : 'there';
    // With decoys in it, its size does not tell that it could not be split: only that it was not.
    const wasLeftWhole = volume.isPadded ? isFiner : !mustSplit(volume, current);
    return wasLeftWhole && mustSplit(volume, wanted) ? 'below' : 'there';
  }

  const origins = volumes.map(originOf);
  const known = volumes.map((volume, i) => (origins[i] === 'below' ? places.below(volume.region) : undefined));
  const pending = volumes.flatMap((volume, i) => {
    const cens = origins[i] === 'left-over' ? leftOver(volume, current) : volume.cens;
    return reportsOf(cens, current.minReports, spreadOver(known[i] ?? onlyPlace(volume.region)));
  });
  const untold = origins.some((origin, i) => origin === 'below' && known[i] === undefined);
  return { pending, isGuessed: origins.includes('below') || mayDisappear(volumes, origins, wanted), isUntold: untold };
}

/** What was too little to stand alone, which others have filled up to the minimum of reports before decoys filled up the batch. */
function leftOver({ cens }: SlotVolume, { minReports }: PartitionSettings): number {
  return Math.min(cens, minReports * CENS_PER_REPORT);
}

/** Whether the world is put together with a batch of decoys: without them it may have been left whole, and is smaller. */
function mayDisappear(
  volumes: readonly SlotVolume[],
  origins: readonly Origin[],
  { splitAbove }: PartitionSettings,
): boolean {
  if (!origins.includes('left-over')) return false;
  return volumes.reduce((sum, { cens }, i) => sum + (origins[i] === 'left-over' ? 0 : cens), 0) <= splitAbove;
}

const onlyPlace = (region: RegionId): Places => ({ regions: [region], upTo: [1] });

/** Gives a place for each of `count` reports, in the order of their numbers, as many to each as its weight is worth. */
function spreadOver({ regions, upTo }: Places): (report: number, count: number) => RegionId {
  const total = upTo.at(-1)!;
  let at = 0;
  return (report, count) => {
    const mark = ((report + 0.5) / count) * total;
    while (at < regions.length - 1 && upTo[at] < mark) at++;
    return regions[at];
  };
}

/** Sizes from two thirds to four thirds of the mean, all different, so that none of them are bound to move together. */
function reportsOf(
  cens: number,
  minReports: number,
  placeOf: (report: number, count: number) => RegionId,
): PendingReport[] {
  const count = Math.min(cens, Math.max(minReports, Math.round(cens / CENS_PER_REPORT)));
  const shares = (count * (3 * count - 1)) / 2;
  let given = 0;
  return Array.from({ length: count }, (_, i) => {
    const upTo = i === count - 1 ? cens : given + Math.max(1, Math.floor((cens * (count + i)) / shares));
    const size = Math.max(0, upTo - given);
    given = upTo;
    return { backed: true, groups: [{ cell: placeOf(i, count), count: size }] };
  });
}
