import { type RegionId, type Regions, RegionsError } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { distinctCells, type SentGroup } from './distinct-cells.js';
import { CEN_BYTES, MAX_GROUPS, type Report, type ReportRules } from './report.js';
import { hasUuid4Shape } from './uuid4-shape.js';

/** u64 cell, u32 count. */
const GROUP_HEAD_BYTES = 12;
const WORD = 4;

/**
 * Parses an `application/vnd.cen.report` body (protocol section 4) in one pass over its CENs, and drops padding and repeated CENs.
 * Nothing is allocated per CEN.
 * @throws {CensError} `invalid-report` with the first fault, `report-too-large` when it holds too many CENs
 */
export function parsePackedReport(body: Uint8Array, rules: ReportRules, regions: Pick<Regions, 'check'>): Report {
  const words = toWords(body);
  requireRoom(countCens(words, body.length), rules);
  const groups: SentGroup[] = [];
  let offset = 0;
  for (let index = 0; offset < body.length; index++) {
    const head = readHead(words, body.length, offset, index);
    offset += GROUP_HEAD_BYTES;
    if (head.cell === 0n && head.count === 0) {
      requireZeroPadding(body, offset);
      break;
    }
    requireFew(index + 1);
    const end = offset + head.count * CEN_BYTES;
    if (end > body.length)
      throw invalid(`/groups/${index}/count`, `says ${head.count} CENs; the body ends before them`);
    const cell = readCell(() => regions.check(head.cell), index);
    if (head.count > 0) groups.push(readGroup(words.subarray(offset / WORD, end / WORD), cell, index, rules));
    offset = end;
  }
  return requireSome(distinctCells(groups));
}

export function requireSome(report: Report): Report {
  if (report.length === 0) throw invalid('/groups', 'holds no CEN; a report has at least one');
  return report;
}

export function requireFew(groups: number): void {
  if (groups > MAX_GROUPS)
    throw invalid('/groups', `are more than ${MAX_GROUPS}: put the CENs of one cell into one group`);
}

/** @throws {CensError} `report-too-large` */
export function requireRoom(total: number, rules: ReportRules): void {
  if (total <= rules.maxReportCens) return;
  throw new CensError('report-too-large', {
    detail: `A report holds at most ${rules.maxReportCens} CENs, all groups together.`,
  });
}

/** The cell that `read` yields; a region's own refusal becomes a fault of the group. */
export function readCell(read: () => RegionId, index: number): RegionId {
  try {
    return read();
  } catch (error) {
    if (error instanceof RegionsError) throw invalid(`/groups/${index}/region`, error.message);
    throw error;
  }
}

/** One group as it was sent: `words` holds four u32 a CEN and will be used up. */
export function readGroup(words: Uint32Array, cell: RegionId, index: number, rules: ReportRules): SentGroup {
  if (rules.cenShape === 'uuid4' && !hasUuid4Shape(words)) {
    throw invalid(`/groups/${index}/cens`, 'holds a CEN that is not a version-4 UUID, as this deployment requires');
  }
  return { cell, words: new Int32Array(words.buffer, words.byteOffset, words.length) };
}

export function invalid(pointer: string, detail: string): CensError {
  return new CensError('invalid-report', { errors: [{ pointer, detail }] });
}

/** CENs of all groups that lie whole in the body: its size is checked before anything in it (protocol section 9). */
function countCens(words: Uint32Array, length: number): number {
  let total = 0;
  for (let offset = 0; offset + GROUP_HEAD_BYTES <= length;) {
    const count = words[offset / WORD + 2];
    offset += GROUP_HEAD_BYTES + count * CEN_BYTES;
    if (offset <= length) total += count;
  }
  return total;
}

function readHead(words: Uint32Array, length: number, offset: number, index: number): { cell: bigint; count: number } {
  if (offset + GROUP_HEAD_BYTES > length) {
    throw invalid(
      `/groups/${index}`,
      `starts at byte ${offset} and is cut off: a group starts with a u64 cell and a u32 count`,
    );
  }
  const at = offset / WORD;
  return { cell: (BigInt(words[at + 1]) << 32n) | BigInt(words[at]), count: words[at + 2] };
}

function requireZeroPadding(body: Uint8Array, offset: number): void {
  const padding = Buffer.from(body.buffer, body.byteOffset + offset, body.length - offset);
  // Zero to begin with, and each byte like the one before: natively, instead of a third of the time of parsing.
  const isZero = padding.length === 0 || (padding[0] === 0 && padding.subarray(1).equals(padding.subarray(0, -1)));
  if (!isZero) throw invalid('/padding', `after the end of the groups at byte ${offset} every byte must be zero`);
}

/** The body's whole words in place where memory is aligned for it, else in a copy. All fields are multiples of four. */
function toWords(body: Uint8Array): Uint32Array {
  // Not `slice`, which is a view for a Buffer.
  const aligned = body.byteOffset % WORD === 0 ? body : new Uint8Array(body);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / WORD));
}
