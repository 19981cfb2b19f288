import type { RegionId } from '../../regions/index.js';
import { distinctCens } from './distinct-cens.js';
import type { Report, ReportGroup } from './report.js';

/** A group before its repeated CENs are taken out, four i32 a CEN. */
export interface SentGroup {
  readonly cell: RegionId;
  readonly words: Int32Array;
}

/**
 * One group for each cell, with each of its CENs once: in the order in which they came first. A CEN that somebody lists a thousand times
 * for a cell counts once, towards every limit. Groups of a cell that comes once are made distinct in place.
 */
export function distinctCells(groups: readonly SentGroup[]): Report {
  if (groups.length === 1) return [distinct(groups[0])];
  const byCell = new Map<RegionId, Int32Array[]>();
  for (const { cell, words } of groups) {
    const known = byCell.get(cell);
    if (known === undefined) byCell.set(cell, [words]);
    else known.push(words);
  }
  return Array.from(byCell, ([cell, parts]) =>
    distinct({ cell, words: parts.length === 1 ? parts[0] : joined(parts) }),
  );
}

function distinct({ cell, words }: SentGroup): ReportGroup {
  const cens = distinctCens(words);
  return { cell, cens: new Uint8Array(cens.buffer, cens.byteOffset, cens.byteLength) };
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
