import type { RegionId, Regions } from '../../regions/index.js';

/**
 * How much lies in each region that has no other of them below it, when what lies further up is divided among those below it,
 * in proportion to theirs: whoever reported to a region while it was whole lives in one of those into which it is split at other times.
 */
export function leafWeights(own: ReadonlyMap<RegionId, number>, regions: Regions): Map<RegionId, number> {
  const below = childrenAmong(own, regions);
  const finestFirst = [...own.keys()].sort((a, b) => regions.resolution(b) - regions.resolution(a));
  const total = new Map<RegionId, number>();
  for (const region of finestFirst) {
    const children = below.get(region) ?? [];
    total.set(
      region,
      children.reduce((sum, child) => sum + total.get(child)!, own.get(region)!),
    );
  }
  const weight = new Map(own);
  for (const region of finestFirst.reverse()) {
    const children = below.get(region);
    if (children === undefined) continue;
    const moved = weight.get(region)!;
    const shared = children.reduce((sum, child) => sum + total.get(child)!, 0);
    for (const child of children) {
      const share = shared === 0 ? 1 / children.length : total.get(child)! / shared;
      weight.set(child, weight.get(child)! + moved * share);
    }
    weight.delete(region);
  }
  return weight;
}

/** Of each region those next below it, whatever resolutions are left out in between. */
function childrenAmong(own: ReadonlyMap<RegionId, number>, regions: Regions): Map<RegionId, RegionId[]> {
  const below = new Map<RegionId, RegionId[]>();
  for (const region of own.keys()) {
    const above = regions.ancestors(region).find((ancestor) => own.has(ancestor));
    if (above === undefined) continue;
    const siblings = below.get(above);
    if (siblings === undefined) below.set(above, [region]);
    else siblings.push(region);
  }
  return below;
}
