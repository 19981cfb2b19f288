import { z } from 'zod';
import type { RegionId, Regions } from '../../regions/index.js';

const position = z.array(z.number()).meta({ description: 'Longitude, latitude in degrees' });
const polygon = z.array(z.array(position));

/** A region on a map: a GeoJSON Feature (RFC 7946). The world has no border: its geometry is null. */
export const regionFeature = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  properties: z.object({ region: z.string(), label: z.string() }),
  geometry: z
    .union([
      z.object({ type: z.literal('Polygon'), coordinates: polygon }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
    ])
    .nullable(),
});

export type RegionFeature = z.output<typeof regionFeature>;

export function toFeature(regions: Pick<Regions, 'format' | 'describe' | 'outline'>, region: RegionId): RegionFeature {
  const id = regions.format(region);
  const { label, centre } = regions.describe(region);
  const geometry = centre === null ? null : (regions.outline(region) as RegionFeature['geometry']);
  return { type: 'Feature', id, properties: { region: id, label }, geometry };
}
