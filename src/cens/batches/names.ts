import { CensError } from '../cens-error.js';
import { parseDay } from '../slot.js';
import type { Encoding } from './batch.repository.js';

/** What may follow the dot of a batch's URL. */
export type BatchFormat = Encoding | 'json';

const BATCH_FILE = /^(0|[1-9]\d{0,9})-(0|[1-9]\d{0,2})\.(compact|full|json)$/;
const DAY_FILE = /^(\d{4}-\d{2}-\d{2})\.(compact|full)$/;

/**
 * Reads `{start}-{part}.{compact|full|json}`.
 * @throws {CensError} `malformed-batch-name`
 */
export function parseBatchFile(name: string): { start: number; part: number; format: BatchFormat } {
  const [, start, part, format] = BATCH_FILE.exec(name) ?? [];
  if (start === undefined) throw new CensError('malformed-batch-name');
  return { start: Number(start), part: Number(part), format: format as BatchFormat };
}

/**
 * Reads `{YYYY-MM-DD}.{compact|full}`.
 * @throws {CensError} `malformed-batch-name`
 */
export function parseDayFile(name: string): { day: number; encoding: Encoding } {
  const [, date, encoding] = DAY_FILE.exec(name) ?? [];
  const day = date === undefined ? undefined : parseDay(date);
  if (day === undefined) throw new CensError('malformed-batch-name');
  return { day, encoding: encoding as Encoding };
}
