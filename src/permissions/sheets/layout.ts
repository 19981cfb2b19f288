/** Points, 1/72 inch, from the upper left corner of a page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A4. */
export const PAGE = { width: 595.28, height: 841.89 };

/** One under another, so that a pile of sheets falls apart by straight cuts. */
export const SLIPS_PER_PAGE = 4;

/**
 * A slip. Four are 736 high: they lie in the middle of A4 and of US Letter (612 × 792) alike, at least 28 from each edge, whether a sheet is
 * printed on the one or the other, at its size or fitted.
 */
export const SLIP = { width: 539, height: 184 };

const LEFT = (PAGE.width - SLIP.width) / 2;
const TOP = (PAGE.height - SLIPS_PER_PAGE * SLIP.height) / 2;

/** Where the slip of that place on its page, from 0, lies. */
export function slipBox(place: number): Box {
  return { x: LEFT, y: TOP + place * SLIP.height, ...SLIP };
}

/** Heights at which a page with so many slips is cut, from edge to edge. */
export function cutsOf(slips: number): number[] {
  return Array.from({ length: slips + 1 }, (_, place) => TOP + place * SLIP.height);
}

/** Of the note above the first slip, which stays on the waste. */
export const NOTE: Box = { x: LEFT, y: TOP - 15, width: SLIP.width, height: 9 };
