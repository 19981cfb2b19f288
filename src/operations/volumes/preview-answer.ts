import type { VolumesBySlot } from '../../cens/index.js';
import { type PartitionSettings, type RegionId, type Regions, SlotBySlot, WORLD } from '../../regions/index.js';
import { KnownPlaces } from './known-places.js';
import { modelledSlot } from './modelled-slot.js';
import { type PublishedSlot, publishedSlots, type SlotVolume } from './published-slots.js';
import { type PathFigures, pathFigures, type Volume } from './region-paths.js';
import { MAX_REGIONS, type PreviewDocument } from './volumes.schema.js';
import { rate } from './window.js';

/** What a preview is computed from. */
export interface PreviewQuestion {
  readonly kind: 'preview';
  /** Of whole slots. */
  readonly volumes: VolumesBySlot;
  readonly current: PartitionSettings;
  readonly wanted: PartitionSettings;
  readonly decoys: DecoyBounds;
  /** Seconds for which a report may wait. */
  readonly longestHold: number;
  /** Days that the slots cover. */
  readonly days: number;
}

/** How world batches are filled up: to between so many CENs. */
export interface DecoyBounds {
  readonly least: number;
  readonly most: number;
}

export function answerPreview(question: PreviewQuestion, regions: Regions): PreviewDocument {
  const { current, wanted, decoys, days } = question;
  const slots = publishedSlots(question.volumes, decoys.most);
  const model = isSame(current, wanted)
    ? { volumes: volumesOf(slots), isEstimated: false, untold: 0 }
    : divide(slots, question, regions);
  const now = totals(volumesOf(slots));
  const then = totals(model.volumes);
  const figures = pathFigures(then, regions);
  const shown = [...then].sort((a, b) => b.cens - a.cens).slice(0, MAX_REGIONS);
  return {
    estimated: model.isEstimated,
    slots: slots.length,
    untold: model.untold,
    current: outcome(current, pathFigures(now, regions), days),
    preview: outcome(wanted, figures, days),
    omitted: then.length - shown.length,
    regions: shown.map(({ region }) => ({
      region: regions.format(region),
      label: regions.describe(region).label,
      resolution: regions.resolution(region),
      path: rate(figures.bytes.get(region)!, days),
    })),
  };
}

function isSame(a: PartitionSettings, b: PartitionSettings): boolean {
  return (
    a.splitAbove === b.splitAbove && a.minReports === b.minReports && a.regionMaxResolution === b.regionMaxResolution
  );
}

const volumesOf = (slots: readonly PublishedSlot[]): SlotVolume[] => slots.flatMap(({ volumes }) => volumes);

/** What the slots would have published under the wanted settings, at the bytes a CEN that they have published. */
function divide(
  slots: readonly PublishedSlot[],
  { current, wanted, decoys, longestHold }: PreviewQuestion,
  regions: Regions,
) {
  const published = volumesOf(slots);
  const bytesPerCen = ratio(published);
  const places = new KnownPlaces(published, regions);
  const server = new SlotBySlot({ ...wanted, longestHold, mostHeldCens: decoys.least });
  const volumes: SlotVolume[] = [];
  let isEstimated = wanted.minReports !== current.minReports;
  let untold = 0;
  // The oldest first, since what one holds is pending in the next.
  for (const slot of [...slots].reverse()) {
    const { pending, isGuessed, isUntold } = modelledSlot(slot.volumes, current, wanted, places, regions);
    isEstimated ||= isGuessed;
    if (isUntold) untold++;
    for (const { region, cens: real } of server.plan(slot.start, pending).regions) {
      const cens = region === WORLD ? filledUp(real, decoys) : real;
      volumes.push({ region, cens, bytes: cens * bytesPerCen, isPadded: region === WORLD && cens <= decoys.most });
    }
  }
  return { volumes, isEstimated, untold };
}

/** As it is on average. */
function filledUp(cens: number, { least, most }: DecoyBounds): number {
  return cens < least ? Math.round((least + most) / 2) : cens;
}

function ratio(volumes: readonly SlotVolume[]): number {
  const cens = volumes.reduce((sum, volume) => sum + volume.cens, 0);
  return cens === 0 ? 0 : volumes.reduce((sum, volume) => sum + volume.bytes, 0) / cens;
}

type Total = Volume & { readonly cens: number };

function totals(volumes: readonly SlotVolume[]): Total[] {
  const sums = new Map<RegionId, { region: RegionId; cens: number; bytes: number; people: number }>();
  for (const { region, cens, bytes, isPadded } of volumes) {
    let sum = sums.get(region);
    if (sum === undefined) sums.set(region, (sum = { region, cens: 0, bytes: 0, people: 0 }));
    sum.cens += cens;
    sum.bytes += bytes;
    if (!isPadded) sum.people += cens;
  }
  return [...sums.values()];
}

function outcome(settings: PartitionSettings, figures: PathFigures, days: number): PreviewDocument['current'] {
  return {
    settings: { ...settings },
    regions: figures.bytes.size,
    deepest: figures.deepest,
    medianBytesPerDay: rate(figures.medianBytes, days).bytesPerDay,
    worldBytesPerDay: rate(figures.allBytes, days).bytesPerDay,
  };
}
