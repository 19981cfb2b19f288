import { z } from 'zod';
import type { RegionDescription } from '../../regions/index.js';
import { formatDay } from '../slot.js';
import type { BatchEntry, Encoding, FileEntry } from './batch.repository.js';
import type { DayBundle } from './day-bundle.repository.js';
import { batchPath, dayPath } from './file-path.js';

const file = z.object({
  url: z.string().meta({ description: 'Absolute path' }),
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const encodings = z.object({ compact: file, full: file.optional() });

/** The signed index of a region (protocol sections 3 and 9). Times are Unix seconds. */
export const indexDocument = z
  .object({
    region: z.string().meta({ description: '`world` or 15 hex digits' }),
    label: z.string().meta({ description: 'The region in words, for people' }),
    centre: z
      .object({ latitude: z.number(), longitude: z.number() })
      .nullable()
      .meta({ description: 'Degrees; null for `world`' }),
    outlineUrl: z.string().nullable().meta({ description: 'Its border as GeoJSON; null for `world`' }),
    parent: z.string().nullable().meta({ description: 'The region one level up; null for `world`' }),
    children: z.array(z.string()).meta({ description: 'Child regions with live batches in or below them' }),
    batches: z
      .array(
        z.object({
          start: z.int(),
          part: z.int(),
          count: z.int().meta({ description: 'CENs, decoys included' }),
          sealedAt: z.int().meta({ description: 'Observations made up to it match' }),
          encodings,
        }),
      )
      .meta({ description: 'Batches of the last 48 hours and of every day without a bundle' }),
    days: z
      .array(z.object({ date: z.iso.date(), count: z.int(), batches: z.int(), encodings }))
      .meta({ description: 'Day bundles, one for each past day with batches' }),
  })
  .meta({
    example: {
      region: 'world',
      label: 'World',
      centre: null,
      outlineUrl: null,
      parent: null,
      children: ['831f8dfffffffff'],
      batches: [
        {
          start: 1795467600,
          part: 0,
          count: 50211,
          sealedAt: 1795471201,
          encodings: {
            compact: {
              url: '/v1/regions/world/batches/1795467600-0.compact',
              bytes: 265871,
              sha256: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
            },
          },
        },
      ],
      days: [],
    },
  });

export type IndexDocument = z.output<typeof indexDocument>;

/** What an index is made of. Regions are given as their ids. */
export interface IndexContents {
  readonly region: string;
  readonly description: RegionDescription;
  readonly parent: string | undefined;
  readonly children: readonly string[];
  readonly batches: readonly BatchEntry[];
  readonly days: readonly DayBundle[];
}

export function toIndexDocument(contents: IndexContents): IndexDocument {
  const { region, description, parent, children, batches, days } = contents;
  const isWorld = description.centre === null;
  return {
    region,
    label: description.label,
    centre: description.centre,
    outlineUrl: isWorld ? null : `/v1/regions/${region}/outline`,
    parent: parent ?? null,
    children: [...children],
    batches: batches.map((batch) => ({
      start: batch.start,
      part: batch.part,
      count: batch.count,
      sealedAt: batch.sealedAt,
      encodings: toEncodings(batch, (encoding) => batchPath(region, batch, encoding)),
    })),
    days: days.map((bundle) => ({
      date: formatDay(bundle.day),
      count: bundle.count,
      batches: bundle.batches,
      encodings: toEncodings(bundle, (encoding) => dayPath(region, bundle.day, encoding)),
    })),
  };
}

type Files = { readonly compact: FileEntry; readonly full: FileEntry | undefined };

function toEncodings({ compact, full }: Files, url: (encoding: Encoding) => string): z.output<typeof encodings> {
  const described = { compact: toFile(compact, url('compact')) };
  return full === undefined ? described : { ...described, full: toFile(full, url('full')) };
}

function toFile({ bytes, sha256 }: FileEntry, url: string): z.output<typeof file> {
  return { url, bytes, sha256: sha256.toString('hex') };
}
