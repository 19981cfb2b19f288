import { cellToBoundary, gridDisk, latLngToCell } from 'h3-js';
import { CELL_RESOLUTION } from './region.js';

/** Two phones that met are at most this far apart, Bluetooth's reach and the slack of a fix included (protocol §3). */
const MEETING_METRES = 2000;

/**
 * The least radius of curvature of the WGS 84 ellipsoid (along the meridian, at the equator): dividing by it never makes a
 * distance too small an angle. At most 1 % more than needed.
 */
const LEAST_EARTH_RADIUS_METRES = 6_335_439;

type Vector = readonly [x: number, y: number, z: number];

/**
 * Every cell (H3, resolution 3) in which a phone may have met somebody: those that touch a disc of `errorMetres` + 2 km
 * around the position. They are what `sync` follows and what an observation is kept with. Usually one, sometimes two or
 * three. Throws RangeError for what is not a position or an error from 0 to 1,000 km.
 */
export function cellsAround(latitude: number, longitude: number, errorMetres: number): bigint[] {
  return cellsWithin(latitude, longitude, errorMetres, MEETING_METRES);
}

/**
 * Every cell (H3, resolution 3) that a phone may have been in: those that touch a disc of `errorMetres` around the position.
 * They are what a report lists a CEN under. The cell where the phone truly was is among them, and among those that whoever it
 * met follows, because `cellsAround` has the distance of a meeting; were it in both, more CENs would be published
 * twice. Always some of `cellsAround`, and throws what that throws.
 */
export function cellsAt(latitude: number, longitude: number, errorMetres: number): bigint[] {
  return cellsWithin(latitude, longitude, errorMetres, 0);
}

function cellsWithin(latitude: number, longitude: number, errorMetres: number, slackMetres: number): bigint[] {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) throw new RangeError('not a position in degrees');
  if (!(errorMetres >= 0 && errorMetres <= 1e6)) throw new RangeError('a location error is 0 to 1,000,000 m');
  const position = toVector(latitude, longitude);
  const reach = (errorMetres + slackMetres) / LEAST_EARTH_RADIUS_METRES;

  const home = latLngToCell(latitude, longitude, CELL_RESOLUTION);
  // Most discs stay within the cell of their middle, and then nothing else needs to be looked at: 0.02 ms instead of 0.2.
  if (distanceToCell(position, home) > reach) return [BigInt(`0x${home}`)];

  // The cells that touch a disc hang together, so growing from the middle finds them all, pentagons and poles included.
  const touched = new Set([home]);
  for (const cell of touched) {
    for (const neighbour of gridDisk(cell, 1)) {
      if (!touched.has(neighbour) && distanceToCell(position, neighbour) <= reach) touched.add(neighbour);
    }
  }
  return [...touched].map((cell) => BigInt(`0x${cell}`));
}

/** Angle from a point to the nearest edge of a cell. H3's edges are arcs of great circles (gnomonic projection). */
function distanceToCell(point: Vector, cell: string): number {
  const corners = cellToBoundary(cell).map(([latitude, longitude]) => toVector(latitude, longitude));
  return Math.min(...corners.map((corner, i) => distanceToArc(point, corner, corners[(i + 1) % corners.length]!)));
}

function distanceToArc(point: Vector, from: Vector, to: Vector): number {
  const normal = cross(from, to);
  const length = Math.hypot(...normal);
  // The foot of the perpendicular lies on the arc if it is on the inner side of both ends.
  const inside = length > 0 && dot(cross(normal, from), point) > 0 && dot(cross(to, normal), point) > 0;
  if (inside) return Math.asin(Math.min(1, Math.abs(dot(normal, point)) / length));
  return Math.min(angleBetween(point, from), angleBetween(point, to));
}

/** Exact for tiny angles too, which an arc cosine is not. */
function angleBetween(a: Vector, b: Vector): number {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
}

function toVector(latitude: number, longitude: number): Vector {
  const phi = (latitude * Math.PI) / 180;
  const lambda = (longitude * Math.PI) / 180;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
