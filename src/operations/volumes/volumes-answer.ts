import type { SlotSummary, VolumesByDay, VolumesByRegion } from '../../cens/index.js';
import { type PartitionSettings, type RegionId, type Regions, WORLD } from '../../regions/index.js';
import { pathFigures } from './region-paths.js';
import type { VolumesDocument } from './volumes.schema.js';
import { dateOf, rate } from './window.js';

/** What the view of regions is computed from. */
export interface VolumesQuestion {
  readonly kind: 'volumes';
  /** First seconds of the first and of the last UTC day. */
  readonly from: number;
  readonly to: number;
  readonly settings: PartitionSettings;
  readonly slots: SlotSummary;
  /** Days that the slots cover. */
  readonly days: number;
  readonly volumes: VolumesByRegion;
  /** Of the regions that are shown. */
  readonly daily: VolumesByDay;
  /** CENs of the world's that may be decoys. */
  readonly amongDecoys: number;
  readonly withOutlines: boolean;
}

type ShownRegion = VolumesDocument['regions'][number];

export function answerVolumes(question: VolumesQuestion, regions: Regions): VolumesDocument {
  const { from, to, settings, slots, days, volumes, withOutlines } = question;
  const { bytes, deepest, medianResolution, allBytes } = pathFigures(toVolumes(question), regions);
  const shown = [...byRegion(question.daily)].sort(([, a], [, b]) => censOf(b) - censOf(a));
  return {
    from: dateOf(from),
    to: dateOf(to),
    settings,
    slots: slots.slots,
    depth: { deepest, median: medianResolution },
    floor: { slots: slots.slotsMoved, moved: slots.moved },
    world: rate(allBytes, days),
    omitted: volumes.regions.length - shown.length,
    regions: shown.map(([region, daily]) => ({
      ...describe(region, regions),
      ...(withOutlines && { outline: regions.corners(region) }),
      days: daily,
      path: rate(bytes.get(region) ?? 0, days),
    })),
  };
}

function toVolumes({ volumes, amongDecoys }: VolumesQuestion) {
  const { cens, bytes } = volumes;
  return Array.from(volumes.regions, (region, i) => {
    const people = region === WORLD ? Math.max(0, cens[i] - amongDecoys) : cens[i];
    return { region, bytes: bytes[i], people };
  });
}

function byRegion({ regions, days, batches, cens, bytes }: VolumesByDay): Map<RegionId, ShownRegion['days']> {
  const map = new Map<RegionId, ShownRegion['days']>();
  regions.forEach((region, i) => {
    const day = { date: dateOf(days[i]), batches: batches[i], cens: cens[i], bytes: bytes[i] };
    const known = map.get(region);
    if (known === undefined) map.set(region, [day]);
    else known.push(day);
  });
  return map;
}

const censOf = (days: ShownRegion['days']): number => days.reduce((sum, { cens }) => sum + cens, 0);

function describe(region: RegionId, regions: Regions): Omit<ShownRegion, 'days' | 'path'> {
  const parent = regions.parent(region);
  const { label, centre } = regions.describe(region);
  return {
    region: regions.format(region),
    parent: parent === undefined ? null : regions.format(parent),
    resolution: regions.resolution(region),
    label,
    centre: centre === null ? null : { ...centre },
  };
}
