import { bytesOfAddress } from '../../platform/http/index.js';
import { type AddressRange, firstAddress, fromNormal } from './address-range.js';

/** A site and its normalised ranges. */
export interface RangedSite {
  readonly id: string;
  readonly ranges: readonly string[];
}

/**
 * Finds the site of an address: one look-up for each prefix length in use, whatever the number of sites. Of ranges that lie in
 * one another the narrowest counts, of equal ones that of the lowest id: the same on every replica.
 */
export class SiteTable {
  /** By number of bits, then by prefix length, longest first: the sites by the first address of their range. */
  readonly #prefixes = new Map<number, [number, Map<bigint, string>][]>([
    [32, []],
    [128, []],
  ]);

  constructor(sites: readonly RangedSite[]) {
    const ascending = [...sites].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { id, ranges } of ascending) for (const range of ranges) this.#add(id, fromNormal(range));
    for (const prefixes of this.#prefixes.values()) prefixes.sort(([a], [b]) => b - a);
  }

  /** @param address as the trusted proxy wrote it; whatever is no address is in no site */
  find(address: string): string | undefined {
    const bytes = bytesOfAddress(address);
    if (bytes === undefined) return undefined;
    const bits = bytes.length * 8;
    const number = BigInt(`0x${bytes.toString('hex')}`);
    for (const [prefix, sites] of this.#prefixes.get(bits)!) {
      const site = sites.get(firstAddress(number, bits, prefix));
      if (site !== undefined) return site;
    }
    return undefined;
  }

  #add(id: string, { bits, network, prefix }: AddressRange): void {
    const prefixes = this.#prefixes.get(bits)!;
    let sites = prefixes.find(([known]) => known === prefix)?.[1];
    if (sites === undefined) prefixes.push([prefix, (sites = new Map<bigint, string>())]);
    if (!sites.has(network)) sites.set(network, id);
  }
}
