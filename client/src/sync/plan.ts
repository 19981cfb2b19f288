import type { BatchEncoding } from '../batch/header.js';
import type { ListedBatch, ListedDay, ListedFile, RegionIndex } from '../documents/region-index.js';
import type { Progress } from './cursor.js';
import { startOfDay } from './cursor.js';

interface Download {
  readonly region: bigint;
  readonly encoding: BatchEncoding;
  readonly file: ListedFile;
}

/** One file to fetch: a batch, or a day bundle. */
export type PlannedDownload =
  | (Download & { readonly kind: 'batch'; readonly batch: ListedBatch })
  | (Download & { readonly kind: 'day'; readonly day: ListedDay; readonly dayStart: number });

/**
 * What is left to fetch of a region (protocol §3): the bundle of each day of which nothing has been handled, single batches for the
 * rest. A day of which some has been handled comes as single batches while the index still lists them all, else as
 * its bundle, in which those handled are passed over.
 */
export function planDownloads(index: RegionIndex, progress: Progress, encoding: BatchEncoding): PlannedDownload[] {
  const { region } = index;
  const daysAsBundles = new Map<number, PlannedDownload>();
  const daysDone = new Set<number>();
  for (const day of index.days) {
    const dayStart = Date.parse(`${day.date}T00:00:00Z`) / 1000;
    const handled = progress.handledInDay(region, dayStart);
    const listed = index.batches.filter(({ start }) => startOfDay(start) === dayStart).length;
    const file = day.encodings[encoding];
    if (handled >= day.batches) daysDone.add(dayStart);
    else if (file && (handled === 0 || listed < day.batches)) {
      daysAsBundles.set(dayStart, { kind: 'day', region, encoding, file, day, dayStart });
    }
  }
  const batches = index.batches.flatMap((batch): PlannedDownload[] => {
    const file = batch.encodings[encoding];
    const dayStart = startOfDay(batch.start);
    const isWanted = !daysDone.has(dayStart) && !daysAsBundles.has(dayStart);
    if (!file || !isWanted || progress.isHandled(region, batch.start, batch.part)) return [];
    return [{ kind: 'batch', region, encoding, file, batch }];
  });
  return [...daysAsBundles.values(), ...batches];
}
