import type { BatchEncoding } from '../batch/header.js';
import { parseRegionId, regionId } from '../regions/region.js';
import { DocumentError } from './document-error.js';
import { asArray, asCount, asObject, asString, FieldError } from './fields.js';

/** Where one encoding of a batch or of a day bundle is. */
export interface ListedFile {
  /** An absolute path. */
  readonly url: string;
  readonly bytes: number;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
}

export type ListedEncodings = Partial<Record<BatchEncoding, ListedFile>>;

export interface ListedBatch {
  readonly start: number;
  readonly part: number;
  readonly count: number;
  readonly sealedAt: number;
  readonly encodings: ListedEncodings;
}

export interface ListedDay {
  /** UTC, `YYYY-MM-DD`. */
  readonly date: string;
  /** CENs in all of the day's batches. */
  readonly count: number;
  /** How many batches the day has. */
  readonly batches: number;
  readonly encodings: ListedEncodings;
}

/** The index of a region: `GET /v1/regions/{region}` (protocol §3). */
export interface RegionIndex {
  readonly region: bigint;
  readonly children: readonly bigint[];
  readonly batches: readonly ListedBatch[];
  readonly days: readonly ListedDay[];
}

/** Reads an index whose signature the caller has verified. Throws DocumentError `bad-index`, also if it is another region's. */
export function parseRegionIndex(body: string, region: bigint): RegionIndex {
  try {
    const index = asObject(JSON.parse(body), 'the index');
    if (index.region !== regionId(region))
      throw new FieldError(`it is of ${String(index.region)}, not ${regionId(region)}`);
    return {
      region,
      children: asArray(index.children, 'children').map(readChild),
      batches: asArray(index.batches, 'batches').map(readBatch),
      days: asArray(index.days, 'days').map(readDay),
    };
  } catch (error) {
    throw new DocumentError('bad-index', (error as Error).message);
  }
}

function readChild(value: unknown): bigint {
  const child = parseRegionId(asString(value, 'children'));
  if (child === undefined) throw new FieldError(`${String(value)} is no region`);
  return child;
}

function readBatch(value: unknown): ListedBatch {
  const batch = asObject(value, 'batches');
  return {
    start: asCount(batch.start, 'start'),
    part: asCount(batch.part, 'part'),
    count: asCount(batch.count, 'count'),
    sealedAt: asCount(batch.sealedAt, 'sealedAt'),
    encodings: readEncodings(batch.encodings),
  };
}

function readDay(value: unknown): ListedDay {
  const day = asObject(value, 'days');
  return {
    date: asString(day.date, 'date', /^\d{4}-\d\d-\d\d$/),
    count: asCount(day.count, 'count'),
    batches: asCount(day.batches, 'batches'),
    encodings: readEncodings(day.encodings),
  };
}

function readEncodings(value: unknown): ListedEncodings {
  const encodings = asObject(value, 'encodings');
  const compact = readFile(encodings.compact);
  const full = readFile(encodings.full);
  return { ...(compact && { compact }), ...(full && { full }) };
}

function readFile(value: unknown): ListedFile | undefined {
  if (value === undefined || value === null) return undefined;
  const file = asObject(value, 'encodings');
  return {
    url: asString(file.url, 'url', /^\//),
    bytes: asCount(file.bytes, 'bytes'),
    sha256: asString(file.sha256, 'sha256', /^[0-9a-f]{64}$/),
  };
}
