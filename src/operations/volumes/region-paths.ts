import type { RegionId, Regions } from '../../regions/index.js';
import { leafWeights } from './leaf-weights.js';

/** What is published in a region over some time. */
export interface Volume {
  readonly region: RegionId;
  readonly bytes: number;
  /** CENs, without those of world batches that may be decoys for the most part. */
  readonly people: number;
}

/** How far regions are divided, and what that costs a phone. */
export interface PathFigures {
  /** Bytes on the path of each region: its own and those of all regions above it. */
  readonly bytes: ReadonlyMap<RegionId, number>;
  /** Finest resolution of a region; -1 for the world. */
  readonly deepest: number;
  /** Resolution in the median, each region counting by its CENs: people are where CENs are. */
  readonly medianResolution: number;
  /** Bytes on the path in the median. A phone reads the finest regions where it was, whenever they have something: only these count ({@link leafWeights}). */
  readonly medianBytes: number;
  /** Bytes of all regions together: at most what a phone would download if nothing were split, since a CEN that is listed in several regions counts in each. */
  readonly allBytes: number;
}

export function pathFigures(volumes: readonly Volume[], regions: Regions): PathFigures {
  const own = new Map(volumes.map(({ region, bytes }) => [region, bytes]));
  const onPath = (region: RegionId) =>
    regions.ancestors(region).reduce((sum, above) => sum + (own.get(above) ?? 0), own.get(region)!);
  const bytes = new Map(volumes.map(({ region }) => [region, onPath(region)]));
  const resolutions = volumes.map(({ region }) => regions.resolution(region));
  const leaves = leafWeights(new Map(volumes.map(({ region, people }) => [region, people])), regions);
  return {
    bytes,
    deepest: resolutions.reduce((a, b) => Math.max(a, b), -1),
    medianResolution:
      weightedMedian(
        resolutions,
        volumes.map(({ people }) => people),
      ) ?? -1,
    medianBytes:
      weightedMedian(
        [...leaves.keys()].map((leaf) => bytes.get(leaf)!),
        [...leaves.values()],
      ) ?? 0,
    allBytes: volumes.reduce((sum, volume) => sum + volume.bytes, 0),
  };
}

/** Where nothing has any weight, the least of the values. */
function weightedMedian(values: readonly number[], weights: readonly number[]): number | undefined {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  let left = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  return values[order.find((i) => (left -= weights[i]) <= 0) ?? -1];
}
