/** A piece of the map, in tenths of a degree: longitude to the right, latitude downwards. */
export interface MapWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Everything but the Antarctic, where nobody meets. */
export const WHOLE_EARTH: MapWindow = { x: -1800, y: -840, width: 3600, height: 1500 };

const RATIO = WHOLE_EARTH.width / WHOLE_EARTH.height;
const LEAST_WIDTH = 300;
/** Of what is shown, around it. */
const MARGIN = 1.35;

type Corner = readonly number[];

/** Longitude and latitude as a point of the map. */
export function pointOf([longitude, latitude]: Corner): readonly [number, number] {
  return [longitude * 10, latitude * -10];
}

/** The smallest piece of the whole map's shape that shows all outlines; the whole map where there are none. */
export function windowAround(outlines: readonly (readonly Corner[])[]): MapWindow {
  const points = outlines.flat().map(pointOf);
  if (points.length === 0) return WHOLE_EARTH;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const width = Math.max((right - left) * MARGIN, (bottom - top) * MARGIN * RATIO, LEAST_WIDTH);
  if (width >= WHOLE_EARTH.width) return WHOLE_EARTH;
  const height = width / RATIO;
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}
