import { type AddressRange, contains, fromNormal } from './address-range.js';
import type { RangedSite } from './site-table.js';

/** Two ranges of different sites, one of which lies in the other. */
export interface Overlap<Site> {
  readonly range: string;
  readonly site: Site;
  readonly siteRange: string;
}

interface Entry<Site> {
  readonly site: Site;
  readonly text: string;
  readonly range: AddressRange;
}

/**
 * By site id, what overlaps it. Ranges either lie in one another or do not meet, so that in the order of their first addresses,
 * wider ones first, those around a range are a stack: no pair is looked at in vain.
 */
export function overlapsOf<Site extends RangedSite>(sites: readonly Site[]): Map<string, Overlap<Site>[]> {
  const overlaps = new Map<string, Overlap<Site>[]>(sites.map(({ id }) => [id, []]));
  const around: Entry<Site>[] = [];
  for (const entry of inOrder(sites)) {
    while (around.length > 0 && !contains(around.at(-1)!.range, entry.range)) around.pop();
    for (const outer of around.filter(({ site }) => site.id !== entry.site.id)) {
      overlaps.get(entry.site.id)!.push({ range: entry.text, site: outer.site, siteRange: outer.text });
      overlaps.get(outer.site.id)!.push({ range: outer.text, site: entry.site, siteRange: entry.text });
    }
    around.push(entry);
  }
  return overlaps;
}

function inOrder<Site extends RangedSite>(sites: readonly Site[]): Entry<Site>[] {
  return sites
    .flatMap((site) => site.ranges.map((text) => ({ site, text, range: fromNormal(text) })))
    .sort(({ range: a }, { range: b }) => a.bits - b.bits || compare(a.network, b.network) || a.prefix - b.prefix);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
