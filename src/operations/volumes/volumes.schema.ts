import { z } from 'zod';

/** As `SPLIT_ABOVE`, `MIN_REPORTS`, `REGION_MAX_RESOLUTION` and retention are bounded (src/platform/config/settings.ts). */
const splitAbove = z.int().min(1).max(8_000_000);
const minReports = z.int().min(1).max(1000);
const regionMaxResolution = z.int().min(0).max(3);
const MAX_DAYS = 21;
const DEFAULT_DAYS = 7;

/** An answer has the regions with most CENs: a country has some dozens, a continent some hundreds, the Earth 48,009. */
export const MAX_REGIONS = 1000;

export const volumesQuery = z.strictObject({
  days: z.coerce.number().pipe(z.int().min(1).max(MAX_DAYS)).default(DEFAULT_DAYS).meta({
    description: 'UTC days, today’s included',
  }),
  outline: z.enum(['true', 'false']).default('true').meta({ description: '`false` leaves the outlines out' }),
});
export type VolumesQuery = z.output<typeof volumesQuery>;

export const previewBody = z
  .strictObject({
    splitAbove: splitAbove.optional(),
    minReports: minReports.optional(),
    regionMaxResolution: regionMaxResolution.optional(),
    days: z.int().min(1).max(MAX_DAYS).default(DEFAULT_DAYS),
  })
  .meta({ example: { splitAbove: 200_000, regionMaxResolution: 2 } });
export type PreviewBody = z.output<typeof previewBody>;

const settings = z.object({ splitAbove, minReports, regionMaxResolution });
const download = z.object({ bytesPerDay: z.number(), bytesPerMonth: z.number() });
const resolution = z.int().min(-1).max(3).meta({ description: 'H3 resolution; -1 for the world' });
const omitted = z.int().meta({ description: `Regions with fewer CENs than the ${MAX_REGIONS} of this answer` });

export const volumesDocument = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    settings,
    slots: z.int().meta({ description: 'Slots sealed in these days' }),
    depth: z.object({ deepest: resolution, median: resolution }).meta({
      description:
        'Of the regions; in the median each counts by its CENs, those of world batches that may have been filled up with decoys left out',
    }),
    floor: z.object({ slots: z.int(), moved: z.int() }).meta({
      description:
        'In how many slots something was published further up for want of reports, and of how many regions in all',
    }),
    world: download.meta({
      description:
        'At most what a phone would download if nothing were split: a CEN that is listed in several regions counts in each',
    }),
    omitted,
    regions: z.array(
      z.object({
        region: z.string(),
        parent: z.string().nullable(),
        resolution,
        label: z.string(),
        centre: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
        outline: z.array(z.array(z.number()).length(2)).optional().meta({
          description:
            'Corners as longitude, latitude. Longitudes run on over the antimeridian, beyond ±180; empty for the world',
        }),
        days: z.array(z.object({ date: z.iso.date(), batches: z.int(), cens: z.number(), bytes: z.number() })),
        path: download.meta({
          description:
            'What a phone there downloads: this region and all above it, compact. Where it is split at other times, phones download regions below it besides',
        }),
      }),
    ),
  })
  .meta({
    example: {
      from: '2031-03-04',
      to: '2031-03-10',
      settings: { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 },
      slots: 164,
      depth: { deepest: 3, median: 3 },
      floor: { slots: 161, moved: 1420 },
      world: { bytesPerDay: 237_000_000, bytesPerMonth: 7_110_000_000 },
      omitted: 0,
      regions: [
        {
          region: '831e15fffffffff',
          parent: '821e17fffffffff',
          resolution: 3,
          label: 'Austria, Hungary, Slovakia · 120 km across, near 48.0° N 16.6° E',
          centre: { latitude: 47.98, longitude: 16.58 },
          outline: [
            [16.021, 48.551],
            [15.744, 47.978],
            [16.3, 47.41],
            [17.131, 47.405],
            [17.424, 47.975],
            [16.87, 48.553],
          ],
          days: [{ date: '2031-03-10', batches: 20, cens: 2_900_000, bytes: 15_200_000 }],
          path: { bytesPerDay: 25_800_000, bytesPerMonth: 774_000_000 },
        },
      ],
    },
  });
export type VolumesDocument = z.output<typeof volumesDocument>;

const outcome = z.object({
  settings,
  regions: z.int().meta({ description: 'Regions with a batch in any of the slots' }),
  deepest: resolution,
  medianBytesPerDay: z.number().meta({
    description:
      'Of a phone. Each region that has none below it counts by its CENs and its share of those further up, without world batches that may have been filled up with decoys',
  }),
  worldBytesPerDay: z.number().meta({ description: 'At most, if nothing were split: see `world` of the volumes' }),
});

export const previewDocument = z
  .object({
    estimated: z.boolean().meta({
      description:
        'Whether it took assumptions: how many reports a region had, where within it, or how many CENs of a world batch are decoys. False where volumes are only put together, which is exact but for regions just above `SPLIT_ABOVE`',
    }),
    slots: z.int().meta({ description: 'Slots with batches that were looked at, the latest ones' }),
    untold: z.int().meta({
      description:
        'In how many of them a region might be divided further, of which nothing in these days tells where its CENs came from: it is taken to stay whole',
    }),
    current: outcome,
    preview: outcome,
    omitted,
    regions: z.array(z.object({ region: z.string(), label: z.string(), resolution, path: download })),
  })
  .meta({
    example: {
      estimated: false,
      slots: 164,
      untold: 0,
      current: {
        settings: { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 },
        regions: 61,
        deepest: 3,
        medianBytesPerDay: 25_800_000,
        worldBytesPerDay: 237_000_000,
      },
      preview: {
        settings: { splitAbove: 200_000, minReports: 5, regionMaxResolution: 2 },
        regions: 17,
        deepest: 2,
        medianBytesPerDay: 67_900_000,
        worldBytesPerDay: 237_000_000,
      },
      omitted: 0,
      regions: [
        {
          region: '821e17fffffffff',
          label: 'Austria, Hungary, Slovenia + 1 more · 330 km across, near 47.3° N 16.0° E',
          resolution: 2,
          path: { bytesPerDay: 67_900_000, bytesPerMonth: 2_037_000_000 },
        },
      ],
    },
  });
export type PreviewDocument = z.output<typeof previewDocument>;
