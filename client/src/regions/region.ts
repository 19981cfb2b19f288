/**
 * Regions as H3 indexes in plain arithmetic, so that an app needs the H3 library only to turn a position into a cell.
 * The layout is H3's own (h3geo.org, "Bit layout of H3Index"): 1 reserved bit, 4 bits mode (1 = cell), 3 reserved,
 * 4 bits resolution, 7 bits base cell, then fifteen digits of 3 bits, 7 where unused.
 */

/** The region that is the whole world, and the cell of somebody who does not say where. */
export const WORLD = 0n;

/** The finest cell anyone reports or follows (protocol §1), hence the finest region there can be. */
export const CELL_RESOLUTION = 3;

const MODE_CELL = 1n;
const BASE_CELLS = 122;
const DIGIT_BITS = 3n;
const MAX_RESOLUTION = 15;
const UNUSED_DIGIT = 7;
/** Pentagons have no children along the k axis (digit 1). The twelve base cells are H3's, from `baseCells.c`. */
const PENTAGONS = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);
const PENTAGON_MISSING_DIGIT = 1;

function digitShift(resolution: number): bigint {
  return BigInt(MAX_RESOLUTION - resolution) * DIGIT_BITS;
}

/** Resolution 0 to 15 of a cell. Meaningless for `WORLD`. */
export function resolutionOf(cell: bigint): number {
  return Number((cell >> 52n) & 0xfn);
}

/** Whether `region` is `WORLD` or a valid H3 cell no finer than `CELL_RESOLUTION`. */
export function isRegion(region: bigint): boolean {
  if (region === WORLD) return true;
  // Reserved bits, mode and the high reserved bits in one comparison: 0000 1 000.
  if (region < 0n || region >> 56n !== MODE_CELL << 3n) return false;
  const resolution = resolutionOf(region);
  const baseCell = Number((region >> 45n) & 0x7fn);
  return resolution <= CELL_RESOLUTION && baseCell < BASE_CELLS && digitsAreValid(region, resolution, baseCell);
}

function digitsAreValid(cell: bigint, resolution: number, baseCell: number): boolean {
  let firstNonZero = 0;
  for (let at = 1; at <= MAX_RESOLUTION; at++) {
    const digit = Number((cell >> digitShift(at)) & 7n);
    if ((digit === UNUSED_DIGIT) !== at > resolution) return false;
    if (firstNonZero === 0 && at <= resolution) firstNonZero = digit;
  }
  return !(PENTAGONS.has(baseCell) && firstNonZero === PENTAGON_MISSING_DIGIT);
}

/** The region one level up; `WORLD` for a cell of resolution 0. H3's `cellToParent`, exact in the indexes. */
export function parentRegion(region: bigint): bigint {
  const resolution = resolutionOf(region);
  if (region === WORLD || resolution === 0) return WORLD;
  const coarser = (region & ~(0xfn << 52n)) | (BigInt(resolution - 1) << 52n);
  return coarser | (7n << digitShift(resolution));
}

/** `region` and every region above it, finest first, ending with `WORLD`. */
export function lineage(region: bigint): bigint[] {
  const line = [region];
  while (region !== WORLD) line.push((region = parentRegion(region)));
  return line;
}

/** The region's name in URLs and documents: `world`, or the 15 lower-case hex digits of the H3 index. */
export function regionId(region: bigint): string {
  return region === WORLD ? 'world' : region.toString(16);
}

/** The inverse of `regionId`; undefined for anything that is not exactly the name of a region (`isRegion`). */
export function parseRegionId(id: string): bigint | undefined {
  if (id === 'world') return WORLD;
  if (!/^[0-9a-f]{15}$/.test(id)) return undefined;
  const region = BigInt(`0x${id}`);
  return region !== WORLD && isRegion(region) ? region : undefined;
}
