import type { paths } from '../../api/generated/schema.js';

/** Volumes by region and day. */
export type Volumes = paths['/admin/v1/regions']['get']['responses']['200']['content']['application/json'];

export type RegionVolume = Volumes['regions'][number];

/** What other settings would make of the last days. */
export type Preview = paths['/admin/v1/regions/preview']['post']['responses']['200']['content']['application/json'];

/** CENs of a region in all the days that were asked for. */
export function censOf({ days }: Pick<RegionVolume, 'days'>): number {
  return days.reduce((sum, { cens }) => sum + cens, 0);
}

/** Shades of the map, from little to much. */
export const SHADES = 5;

/** Into which shade each region falls: a fifth of the regions in each, so that one large city does not leave the rest in one. */
export function shadesOf(regions: readonly RegionVolume[]): ReadonlyMap<string, number> {
  const sorted = [...regions].sort((a, b) => censOf(a) - censOf(b));
  return new Map(sorted.map(({ region }, rank) => [region, Math.floor((rank * SHADES) / sorted.length)]));
}
