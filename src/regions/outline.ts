import { cellToBoundary } from 'h3-js';
import { WORLD, type RegionId } from './cell.js';
import { formatRegion } from './region-id.js';

/** Longitude, latitude, in degrees (RFC 7946, 3.1.1). */
export type Position = [longitude: number, latitude: number];
type Ring = Position[];

/** A GeoJSON geometry (RFC 7946): rings closed and counter-clockwise, longitudes within ±180°, cut at the antimeridian. */
export type Outline = { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };

/** An edge is part of a great circle; on a flat map it needs a point this often to follow it, most of all near a pole. */
const STEP_DEGREES = 1;
const STEP_LONGITUDE = 5;
const RADIANS = Math.PI / 180;

const GLOBE: Ring = [
  [-180, -90],
  [180, -90],
  [180, 90],
  [-180, 90],
];

export function outlineOf(region: RegionId): Outline {
  if (region === WORLD) return geometry([GLOBE]);
  const corners = boundaryOf(region);
  const ring = corners.flatMap((corner, i) => alongGreatCircle(corner, corners[(i + 1) % corners.length]!));
  const { line, turn } = unwrap(ring);
  return geometry(turn === 0 ? cutAtAntimeridian(line) : [aroundPole(line)]);
}

/** Corners in degrees to three places, about 100 m; around a pole the ring ends a turn from where it began. */
export function cornersOf(region: RegionId): Position[] {
  if (region === WORLD) return [];
  return unwrap(boundaryOf(region)).line.map(([longitude, latitude]) => [rounded(longitude), rounded(latitude)]);
}

const rounded = (degrees: number): number => Math.round(degrees * 1000) / 1000;

function boundaryOf(region: RegionId): Ring {
  return cellToBoundary(formatRegion(region)).map(([latitude, longitude]): Position => [longitude, latitude]);
}

function geometry(rings: Ring[]): Outline {
  const closed = rings.map((ring) => [...ring, ring[0]!]);
  return closed.length === 1
    ? { type: 'Polygon', coordinates: closed }
    : { type: 'MultiPolygon', coordinates: closed.map((ring) => [ring]) };
}

/** From one position, included, to the next, excluded. */
function alongGreatCircle(from: Position, to: Position): Ring {
  const [a, b] = [onSphere(from), onSphere(to)];
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const turn = Math.abs(to[0] + overEdge(from, to) - from[0]);
  const steps = Math.max(1, Math.ceil(angle / (STEP_DEGREES * RADIANS)), Math.ceil(turn / STEP_LONGITUDE));
  const between = Array.from({ length: steps - 1 }, (_, i) => {
    const [wa, wb] = [Math.sin(((steps - 1 - i) / steps) * angle), Math.sin(((i + 1) / steps) * angle)];
    return onMap([wa * a[0] + wb * b[0], wa * a[1] + wb * b[1], wa * a[2] + wb * b[2]]);
  });
  return [from, ...between];
}

type Vector = [number, number, number];

function onSphere([longitude, latitude]: Position): Vector {
  const [lambda, phi] = [longitude * RADIANS, latitude * RADIANS];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

const onMap = ([x, y, z]: Vector): Position => [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];

/** The ring with longitudes that run on over the antimeridian, and how far it has turned at its end: ±360 around a pole, else 0. */
function unwrap(ring: Ring): { line: Ring; turn: number } {
  let turn = 0;
  const line = ring.map(([longitude, latitude], i): Position => {
    if (i > 0) turn += overEdge(ring[i - 1]!, ring[i]!);
    return [longitude + turn, latitude];
  });
  return { line, turn: turn + overEdge(ring.at(-1)!, ring[0]!) };
}

function overEdge([from]: Position, [to]: Position): number {
  if (to - from > 180) return -360;
  return to - from < -180 ? 360 : 0;
}

/** A cell is convex, and so is each side of a meridian: at most one piece lies on either side of the antimeridian. */
function cutAtAntimeridian(line: Ring): Ring[] {
  return [-360, 0, 360]
    .map((turn) => line.map(([longitude, latitude]): Position => [longitude + turn, latitude]))
    .map((ring) => keep(keep(ring, -180, 1), 180, -1))
    .filter((ring) => new Set(ring.map(([longitude]) => longitude)).size > 1);
}

/** The part of a ring on one side of a meridian: east of it for `side` 1, west of it for −1. */
function keep(ring: Ring, meridian: number, side: 1 | -1): Ring {
  const isKept = ([longitude]: Position): boolean => (longitude - meridian) * side >= 0;
  return ring.flatMap((here, i): Ring => {
    const next = ring[(i + 1) % ring.length]!;
    const crossing: Ring = isKept(here) === isKept(next) ? [] : [crossingAt(meridian, here, next)];
    return isKept(here) ? [here, ...crossing] : crossing;
  });
}

function crossingAt(meridian: number, [x0, y0]: Position, [x1, y1]: Position): Position {
  return [meridian, y0 + ((meridian - x0) / (x1 - x0)) * (y1 - y0)];
}

/** A ring around a pole becomes, on a flat map, a band from −180° to 180° that ends at the pole. */
function aroundPole(line: Ring): Ring {
  const pole = line[0]![1] > 0 ? 90 : -90;
  const eastwards = line
    .map(([longitude, latitude]): Position => [((((longitude + 180) % 360) + 360) % 360) - 180, latitude])
    .sort(([a], [b]) => a - b);
  const [first, last] = [eastwards[0]!, eastwards.at(-1)!];
  const [, latitude] = crossingAt(180, last, [first[0] + 360, first[1]]);
  const rim: Ring = [[-180, latitude], ...eastwards, [180, latitude]];
  return pole > 0 ? [...rim, [180, pole], [-180, pole]] : [...rim.reverse(), [-180, pole], [180, pole]];
}
