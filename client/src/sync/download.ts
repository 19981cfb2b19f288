import { BatchError } from '../batch/batch-error.js';
import { ByteReader } from '../batch/byte-source.js';
import type { BatchHeader } from '../batch/header.js';
import { MOST_CLOCK_SKEW_SECONDS, readBatches } from '../batch/read-batch.js';
import type { ReadOptions, VerifiedBatch } from '../batch/read-batch.js';
import { toHex } from '../bytes.js';
import type { Primitives } from '../crypto/primitives.js';
import type { Server } from '../http.js';
import type { Observation } from '../match/observations.js';
import { DAY_SECONDS, startOfDay } from './cursor.js';
import { DownloadError } from './download-error.js';
import type { PlannedDownload } from './plan.js';

export interface DownloadOptions<Own extends Observation> extends ReadOptions<Own> {
  readonly primitives: Primitives;
  /** Unix seconds. */
  readonly now: () => number;
  /** As `GET /v1` tells it. */
  readonly retentionDays: number;
  /** Called with the number of bytes as they come. */
  readonly onBytes: (count: number) => void;
}

/**
 * Fetches a planned file and yields its batches, each verified and known to be the one planned. A batch alone is yielded only after
 * its whole file has the listed SHA-256; one of a bundle as soon as its own signature is verified. Yields nothing if the file
 * has passed its retention meanwhile. Throws BatchError, DownloadError or NetworkError, and what `findKey` throws.
 */
export async function* download<Own extends Observation>(
  server: Server,
  planned: PlannedDownload,
  options: DownloadOptions<Own>,
): AsyncGenerator<VerifiedBatch<Own>, void, undefined> {
  const response = await server.request(planned.file.url, {});
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel().catch(() => undefined);
    const isMissing = response.status === 404 || response.status === 410;
    if (isMissing && hasJustExpired(planned, options)) return;
    throw new DownloadError(isMissing ? 'missing' : 'failed', response.status, planned.file.url);
  }

  const hash = options.primitives.sha256();
  const reader = new ByteReader(server.body(response.body), {
    mostBytes: planned.file.bytes,
    onBytes: (bytes) => {
      hash.update(bytes);
      options.onBytes(bytes.length);
    },
  });
  const batches = readBatches(reader, { ...options, expect: expectation(planned) });
  const held: VerifiedBatch<Own>[] = [];
  let read = 0;
  for await (const batch of batches) {
    read++;
    if (planned.kind === 'day') yield batch;
    else held.push(batch);
  }
  const listed = planned.kind === 'day' ? planned.day.batches : 1;
  if (read !== listed) throw new BatchError('unexpected-batch', `${read} batches in a file of ${listed}`);
  checkFile(planned, hash.digest());
  yield* held;
}

/**
 * Whether retention (protocol §1) passed in the last 24 hours: between the making of the index, which lists nothing that is past it, and this
 * request. Not longer ago, since `/v1` is not signed: a short retention made up there would excuse every file withheld.
 */
function hasJustExpired(
  planned: PlannedDownload,
  { now, retentionDays }: Pick<DownloadOptions<Observation>, 'now' | 'retentionDays'>,
): boolean {
  const dayStart = planned.kind === 'day' ? planned.dayStart : startOfDay(planned.batch.start);
  const past = now() - (dayStart + retentionDays * DAY_SECONDS);
  return past >= -MOST_CLOCK_SKEW_SECONDS && past < DAY_SECONDS;
}

function checkFile(planned: PlannedDownload, hash: Uint8Array): void {
  if (toHex(hash) !== planned.file.sha256) throw new BatchError('bad-checksum', 'not the file that the index lists');
}

/** Header and request must name the same region, slot, part and encoding (protocol §3). */
function expectation(planned: PlannedDownload): (header: BatchHeader) => void {
  let previous = -1;
  return (header) => {
    const { region, slotStart, part, encoding, sealedAt, count } = header;
    let expected = region === planned.region && encoding === planned.encoding;
    if (planned.kind === 'batch') {
      const { batch } = planned;
      expected &&=
        slotStart === batch.start && part === batch.part && sealedAt === batch.sealedAt && count === batch.count;
    } else {
      // Ascending by (start, part), so that none comes twice.
      const order = slotStart * 256 + part;
      expected &&= startOfDay(slotStart) === planned.dayStart && order > previous;
      previous = order;
    }
    if (!expected) throw new BatchError('unexpected-batch', `${planned.file.url} holds another batch`);
  };
}
