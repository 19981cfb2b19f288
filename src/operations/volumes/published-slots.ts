import type { VolumesBySlot } from '../../cens/index.js';
import { type RegionId, WORLD } from '../../regions/index.js';

/** What a region published in a slot. */
export interface SlotVolume {
  readonly region: RegionId;
  readonly cens: number;
  readonly bytes: number;
  /** Whether it is a world batch so small that it may have been filled up: then nobody knows how many of its CENs are decoys. */
  readonly isPadded: boolean;
}

export interface PublishedSlot {
  /** Unix second at which it starts. */
  readonly start: number;
  readonly volumes: readonly SlotVolume[];
}

/** One slot after the other, in the order of the columns. @param mostFilledUp CENs of the largest batch that may have been filled up */
export function publishedSlots({ regions, starts, cens, bytes }: VolumesBySlot, mostFilledUp: number): PublishedSlot[] {
  const slots: { start: number; volumes: SlotVolume[] }[] = [];
  regions.forEach((region, i) => {
    if (i === 0 || starts[i] !== starts[i - 1]) slots.push({ start: starts[i], volumes: [] });
    const isPadded = region === WORLD && cens[i] <= mostFilledUp;
    slots.at(-1)!.volumes.push({ region, cens: cens[i], bytes: bytes[i], isPadded });
  });
  return slots;
}

/** The newest whole slots of at most `limit` pairs of region and slot, newest first. Where there are more, the oldest slot may lack regions and is left out. */
export function wholeSlots(volumes: VolumesBySlot, limit: number): VolumesBySlot {
  const { starts } = volumes;
  if (starts.length <= limit) return volumes;
  const whole = starts.indexOf(starts[starts.length - 1]);
  const end = whole === 0 ? limit : whole;
  return {
    regions: volumes.regions.slice(0, end),
    starts: starts.slice(0, end),
    cens: volumes.cens.slice(0, end),
    bytes: volumes.bytes.slice(0, end),
  };
}
