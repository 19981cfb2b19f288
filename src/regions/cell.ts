import { isValidCell } from 'h3-js';
import { RegionsError } from './regions-error.js';

/** A region: `0n` is the world, else a 64-bit H3 index of resolution 0 to {@link CELL_RESOLUTION}. */
export type RegionId = bigint;

export const WORLD: RegionId = 0n;

/** Finest cell that anybody may name (protocol §1): about 120 km across. */
export const CELL_RESOLUTION = 3;

/** The world, as if it were the one cell above H3's base cells. */
export const WORLD_RESOLUTION = -1;

/*
 * An H3 index, from the top: 1 zero bit, 4 bits mode (1 = cell), 3 zero bits, 4 bits resolution, 7 bits base cell, then 15
 * digits of 3 bits, one per resolution, 7 where unused (https://h3geo.org/docs/core-library/h3Indexing). Down to resolution
 * 3 the last twelve digits are unused, so all that tells two cells apart is in the upper 28 bits, here the "head": a small
 * integer. A parent costs nanoseconds this way, against a microsecond and two strings by way of h3-js.
 */
const TAIL_BITS = 36n;
const TAIL = (1n << TAIL_BITS) - 1n;
const CELL_MODE = 1;
const RESOLUTION_SHIFT = 16;
const BASE_CELL_SHIFT = 9;
const BASE_CELLS = 122;
const DIGITS = 7;
const UNUSED_DIGIT = 7;

/** A pentagon has no neighbour, hence no child, in the direction of digit 1: its "deleted subsequence". */
const DELETED_DIGIT = 1;

/** H3's twelve pentagonal base cells (https://h3geo.org/docs/core-library/restable). */
const PENTAGONAL_BASE_CELLS = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

const headOf = (cell: bigint): number => Number(cell >> TAIL_BITS);
const cellOf = (head: number): bigint => (BigInt(head) << TAIL_BITS) | TAIL;
const digitShift = (resolution: number): number => 3 * (CELL_RESOLUTION - resolution);
const digitAt = (head: number, resolution: number): number => (head >> digitShift(resolution)) & 7;
const resolutionOfHead = (head: number): number => (head >> RESOLUTION_SHIFT) & 15;
const baseCellOf = (head: number): number => (head >> BASE_CELL_SHIFT) & 127;

function ancestorHead(head: number, resolution: number): number {
  const unusedBits = (1 << digitShift(resolution)) - 1;
  return (head & ~(15 << RESOLUTION_SHIFT)) | (resolution << RESOLUTION_SHIFT) | unusedBits;
}

function hasValidDigits(head: number, resolution: number): boolean {
  let leading = 0;
  for (let level = 1; level <= CELL_RESOLUTION; level++) {
    const digit = digitAt(head, level);
    if (level > resolution ? digit !== UNUSED_DIGIT : digit === UNUSED_DIGIT) return false;
    if (leading === 0) leading = digit;
  }
  return leading !== DELETED_DIGIT || !PENTAGONAL_BASE_CELLS.has(baseCellOf(head));
}

/** Whether `value` is an H3 cell of resolution 0 to {@link CELL_RESOLUTION}; the world is not a cell. */
export function isCell(value: bigint): boolean {
  if ((value & TAIL) !== TAIL || value >> 60n !== 0n) return false;
  const head = headOf(value);
  const resolution = resolutionOfHead(head);
  return (
    head >> 20 === CELL_MODE << 3 &&
    resolution <= CELL_RESOLUTION &&
    baseCellOf(head) < BASE_CELLS &&
    hasValidDigits(head, resolution)
  );
}

/** Whether `value` is the world or a cell that is not too fine. */
export const isRegion = (value: bigint): boolean => value === WORLD || isCell(value);

/** Returns `value` if it is a region, throws a {@link RegionsError} that says why not otherwise. */
export function asRegion(value: bigint): RegionId {
  if (isRegion(value)) return value;
  const index = value.toString(16);
  if (value > 0n && value >> 64n === 0n && isValidCell(index)) {
    throw new RegionsError('cell-too-fine', `${index} is finer than resolution ${CELL_RESOLUTION}: give its ancestor`);
  }
  throw new RegionsError('not-a-cell', `${index} is not an H3 cell of resolution 0 to ${CELL_RESOLUTION}`);
}

/** 0 to {@link CELL_RESOLUTION}, or {@link WORLD_RESOLUTION}. */
export function resolutionOf(region: RegionId): number {
  return region === WORLD ? WORLD_RESOLUTION : resolutionOfHead(headOf(region));
}

/** The region one level up; `undefined` for the world. */
export function parentOf(region: RegionId): RegionId | undefined {
  if (region === WORLD) return undefined;
  const head = headOf(region);
  const resolution = resolutionOfHead(head);
  return resolution === 0 ? WORLD : cellOf(ancestorHead(head, resolution - 1));
}

/** All regions above this one, the nearest first, the world last. */
export function ancestorsOf(region: RegionId): RegionId[] {
  const ancestors: RegionId[] = [];
  for (let above = parentOf(region); above !== undefined; above = parentOf(above)) ancestors.push(above);
  return ancestors;
}

/** The regions one level down, ascending: 122 of the world, 7 of a hexagon, 6 of a pentagon, none at the finest resolution. */
export function childrenOf(region: RegionId): RegionId[] {
  const resolution = resolutionOf(region) + 1;
  if (resolution > CELL_RESOLUTION) return [];
  if (region === WORLD) return Array.from({ length: BASE_CELLS }, (_, base) => cellOf(baseCellHead(base)));
  const parent = headOf(region);
  return Array.from({ length: DIGITS }, (_, digit) => cellOf(childHead(parent, resolution, digit))).filter(isCell);
}

function baseCellHead(base: number): number {
  return ancestorHead((CELL_MODE << 23) | (base << BASE_CELL_SHIFT), 0);
}

function childHead(parent: number, resolution: number, digit: number): number {
  const cleared = ancestorHead(parent, resolution) & ~(7 << digitShift(resolution));
  return cleared | (digit << digitShift(resolution));
}

/** Whether `above` is a proper ancestor of `region`, by H3's indexes (its outlines nest only approximately). */
export function isAncestorOf(above: RegionId, region: RegionId): boolean {
  if (above === WORLD || region === WORLD) return above !== region && above === WORLD;
  const resolution = resolutionOf(above);
  return resolution < resolutionOf(region) && ancestorHead(headOf(region), resolution) === headOf(above);
}
