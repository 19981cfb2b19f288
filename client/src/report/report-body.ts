import { CEN_BYTES } from '../batch/shape.js';
import { sortUnique } from '../encode/sort-unique.js';
import { isRegion, parseRegionId, WORLD } from '../regions/region.js';

/** CENs (or preimages, where the deployment wants those) and the cell that they are reported in. */
export interface ReportGroup {
  /** H3 index or hexadecimal id of resolution 0 to 3 (`cellsAt`), or `world`. */
  readonly cell: bigint | string;
  /** Packed, 16 bytes each. */
  readonly cens: Uint8Array;
}

/** `u64 cell`, `u32 count`. */
const GROUP_HEADER_BYTES = 12;
/** A group of cell 0 and count 0 ends the list. */
const END_BYTES = GROUP_HEADER_BYTES;

/** Sizes that reports are padded to, so that their length does not tell how many people somebody met (protocol §4). */
export const REPORT_SIZES = [64 * 1024, 160 * 1024, 512 * 1024] as const;

/**
 * The body of a report, `application/vnd.cen.report`, padded to the next size. CENs of a group are sorted and sent once:
 * their order would tell when each was met. Throws RangeError without any CEN, or for a group that is wrong.
 */
export function reportBody(groups: readonly ReportGroup[]): Uint8Array<ArrayBuffer> {
  const filled = groups
    .map(({ cell, cens }) => ({ cell: toCell(cell), cens: sortUnique(cens) }))
    .filter(({ cens }) => cens.length > 0);
  if (filled.length === 0) throw new RangeError('a report needs at least one CEN');
  const used = filled.reduce((bytes, { cens }) => bytes + GROUP_HEADER_BYTES + cens.length, 0);
  const body = new Uint8Array(paddedSize(used));
  const view = new DataView(body.buffer);
  let at = 0;
  for (const { cell, cens } of filled) {
    view.setBigUint64(at, cell, true);
    view.setUint32(at + 8, cens.length / CEN_BYTES, true);
    body.set(cens, at + GROUP_HEADER_BYTES);
    at += GROUP_HEADER_BYTES + cens.length;
  }
  return body;
}

/** The list fits exactly, or leaves room for the group that ends it; beyond the largest size, its next multiple. */
function paddedSize(used: number): number {
  const fits = (size: number) => size === used || size >= used + END_BYTES;
  const largest = REPORT_SIZES[2];
  return REPORT_SIZES.find(fits) ?? Math.ceil((used + END_BYTES) / largest) * largest;
}

function toCell(cell: bigint | string): bigint {
  const region = typeof cell === 'string' ? parseRegionId(cell) : cell;
  if (region === undefined || !isRegion(region)) throw new RangeError(`${cell} is no H3 cell of resolution 0 to 3`);
  return region;
}

/** A body like a real report's, of random numbers in no particular place, for cover traffic. */
export function chaffBody(count: number): Uint8Array<ArrayBuffer> {
  const cens = new Uint8Array(count * CEN_BYTES);
  // One call may ask for at most 65,536 bytes (Web Crypto §10.1.1).
  for (let at = 0; at < cens.length; at += 65_536) crypto.getRandomValues(cens.subarray(at, at + 65_536));
  return reportBody([{ cell: WORLD, cens }]);
}
