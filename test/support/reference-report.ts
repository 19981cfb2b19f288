import { getResolution, isValidCell } from 'h3-js';
import { hexCens } from './packed-report.js';

const MAX_GROUPS = 1000;

export interface ReferenceGroup {
  readonly cell: bigint;
  /** Distinct, in the order in which they came first. */
  readonly cens: string[];
}

/**
 * What protocol sections 4 and 9 say of an `application/vnd.cen.report` body, written naively and apart from the server:
 * its groups, or the code of the problem.
 */
export function referenceReport(
  body: Buffer,
  rules: { readonly maxReportCens: number },
): ReferenceGroup[] | 'invalid-report' | 'report-too-large' {
  const groups: { cell: bigint; bytes: Buffer }[] = [];
  let wellFormed = true;
  let at = 0;
  while (at < body.length) {
    if (body.length - at < 12) {
      wellFormed = false;
      break;
    }
    const cell = body.readBigUInt64LE(at);
    const count = body.readUInt32LE(at + 8);
    at += 12;
    if (cell === 0n && count === 0) {
      wellFormed = body.subarray(at).every((byte) => byte === 0);
      break;
    }
    if (body.length - at < 16 * count) {
      wellFormed = false;
      break;
    }
    groups.push({ cell, bytes: body.subarray(at, at + 16 * count) });
    at += 16 * count;
  }
  const total = groups.reduce((sum, { bytes }) => sum + bytes.length / 16, 0);
  if (total > rules.maxReportCens) return 'report-too-large';
  if (!wellFormed || total === 0 || groups.length > MAX_GROUPS || !groups.every(({ cell }) => isRegion(cell)))
    return 'invalid-report';
  const filled = groups.filter(({ bytes }) => bytes.length > 0);
  return [...new Set(filled.map(({ cell }) => cell))].map((cell) => ({
    cell,
    cens: [...new Set(filled.filter((group) => group.cell === cell).flatMap(({ bytes }) => hexCens(bytes)))],
  }));
}

function isRegion(cell: bigint): boolean {
  const index = cell.toString(16);
  return cell === 0n || (isValidCell(index) && getResolution(index) <= 3);
}
