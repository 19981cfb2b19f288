import { isIPv4, isIPv6 } from 'node:net';
import { bytesOfAddress } from '../../platform/http/index.js';

/** Addresses with the same first `prefix` bits (RFC 4632, RFC 4291). */
export interface AddressRange {
  /** 32 for IPv4, 128 for IPv6. */
  readonly bits: number;
  /** Its first address. */
  readonly network: bigint;
  readonly prefix: number;
}

/** What makes a text no range that a site may have; a sentence for whoever sent it. */
export interface RangeFault {
  readonly fault: string;
}

/** Wider than any clinic: a university's /16, the /40 of a large organisation. */
const SHORTEST_PREFIX: Readonly<Record<number, number>> = { 32: 16, 128: 40 };

/** All sites of an authority together: as many addresses as one range of this prefix has. */
const WIDEST_IN_ALL: Readonly<Record<number, number>> = { 32: 16, 128: 32 };

/**
 * Behind such an address is no place but a proxy: with a wrong `TRUSTED_PROXY_HOPS` everybody would come from one.
 * RFC 6890 and the registries of special-purpose addresses; those for documentation are not there, nothing comes from them.
 */
const NO_PLACE: readonly (readonly [string, string])[] = [
  ['0.0.0.0/8', 'addresses of no network'],
  ['10.0.0.0/8', 'private addresses'],
  ['100.64.0.0/10', "addresses of carriers' own networks"],
  ['127.0.0.0/8', 'addresses of the machine itself'],
  ['169.254.0.0/16', 'link-local addresses'],
  ['172.16.0.0/12', 'private addresses'],
  ['192.168.0.0/16', 'private addresses'],
  ['224.0.0.0/3', 'multicast and reserved addresses'],
  ['::/32', 'addresses of no network, of the machine itself, or IPv4 inside IPv6: write those as IPv4'],
  ['64:ff9b::/32', 'translated IPv4 addresses: write the IPv4 range'],
  ['fc00::/7', 'private addresses'],
  ['fe80::/10', 'link-local addresses'],
  ['ff00::/8', 'multicast addresses'],
];

const FORM = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/;

/** An address alone is the range of that address. */
export function readRange(text: string): AddressRange | RangeFault {
  const [, address, length] = FORM.exec(text) ?? [];
  if (address === undefined || !(isIPv4(address) || isIPv6(address)))
    return { fault: 'must be a range such as 192.0.2.0/24 or 2001:db8::/48' };
  const bits = isIPv4(address) ? 32 : 128;
  if (isMappedIPv4(address)) return { fault: 'is IPv4 inside IPv6: write the IPv4 range' };
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return { fault: `must have a prefix of at most /${bits}` };
  const range = { bits, network: firstAddress(toNumber(address), bits, prefix), prefix };
  if (range.network !== toNumber(address))
    return { fault: `begins in the middle of its range: did you mean ${formatRange(range)}, or another prefix?` };
  return faultOf(range) ?? range;
}

/** The one way to write a range: RFC 5952 for IPv6. */
export function formatRange({ bits, network, prefix }: AddressRange): string {
  return `${bits === 32 ? formatIPv4(network) : formatIPv6(network)}/${prefix}`;
}

/** Reads what {@link formatRange} wrote, whatever a site may have by now. */
export function fromNormal(text: string): AddressRange {
  const [address, prefix] = text.split('/');
  return { bits: isIPv4(address) ? 32 : 128, network: toNumber(address), prefix: Number(prefix) };
}

/** Whether `inner` lies in `outer`, or is the same. Two ranges that meet at all lie one in the other. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.bits !== inner.bits || outer.prefix > inner.prefix) return false;
  return firstAddress(inner.network, outer.bits, outer.prefix) === outer.network;
}

/** Whether these ranges hold more addresses than the sites of an authority may. What lies in two of them counts twice. */
export function isTooWide(ranges: readonly AddressRange[]): boolean {
  return Object.entries(WIDEST_IN_ALL).some(([bits, widest]) => {
    const own = ranges.filter((range) => range.bits === Number(bits));
    return own.reduce((sum, { prefix }) => sum + 2 ** -prefix, 0) > 2 ** -widest;
  });
}

/** The first address of the range of that prefix in which an address lies. */
export function firstAddress(address: bigint, bits: number, prefix: number): bigint {
  const rest = BigInt(bits - prefix);
  return (address >> rest) << rest;
}

function faultOf(range: AddressRange): RangeFault | undefined {
  const shortest = SHORTEST_PREFIX[range.bits];
  const special = NO_PLACE.find(([known]) => contains(fromNormal(known), range));
  if (special !== undefined) return { fault: `lies among ${special[1]}, from which nobody reports` };
  if (range.prefix < shortest) return { fault: `is too wide for a site: at least /${shortest}` };
  return undefined;
}

/** Of well-formed text alone. Unlike {@link bytesOfAddress}, `::` stays IPv6. */
function toNumber(address: string): bigint {
  return BigInt(`0x${bytesOfAddress(address)!.toString('hex')}`);
}

function isMappedIPv4(address: string): boolean {
  return isIPv6(address) && bytesOfAddress(address)!.length === 4;
}

function formatIPv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** The host of a URL is written as RFC 5952 has it (URL Standard, section 3.5). */
function formatIPv6(address: bigint): string {
  const groups = address.toString(16).padStart(32, '0').match(/.{4}/g)!;
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
