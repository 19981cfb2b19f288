import type { RegionId, Regions } from '../../regions/index.js';

/** What is published in regions over some time. */
export interface Volume {
  readonly region: RegionId;
  readonly cens: number;
  readonly bytes: number;
}

/** How far regions are divided, and what that costs a phone. */
export interface PathFigures {
  /** Bytes on the path of each region: its own and those of all regions above it. */
  readonly bytes: ReadonlyMap<RegionId, number>;
  /** Finest resolution of a region; -1 for the world. */
  readonly deepest: number;
  /** Resolution and bytes on the path in the median, each region counting by its CENs: people are where CENs are. */
  readonly medianResolution: number;
  readonly medianBytes: number;
  /** Bytes of all regions together: about what a phone would download if nothing were split. */
  readonly allBytes: number;
}

export function pathFigures(volumes: readonly Volume[], regions: Regions): PathFigures {
  const own = new Map(volumes.map(({ region, bytes }) => [region, bytes]));
  const onPath = (region: RegionId) =>
    [region, ...regions.ancestors(region)].reduce((sum, above) => sum + (own.get(above) ?? 0), 0);
  const bytes = new Map(volumes.map(({ region }) => [region, onPath(region)]));
  const resolutions = volumes.map(({ region }) => regions.resolution(region));
  const weights = volumes.map(({ cens }) => cens);
  return {
    bytes,
    deepest: resolutions.reduce((a, b) => Math.max(a, b), -1),
    medianResolution: weightedMedian(resolutions, weights) ?? -1,
    medianBytes: weightedMedian([...bytes.values()], weights) ?? 0,
    allBytes: volumes.reduce((sum, volume) => sum + volume.bytes, 0),
  };
}

function weightedMedian(values: readonly number[], weights: readonly number[]): number | undefined {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  let left = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  return values[order.find((i) => (left -= weights[i]) <= 0) ?? -1];
}
