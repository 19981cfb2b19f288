import { isIPv4, isIPv6 } from 'node:net';

/**
 * The bytes of an address: 4 of IPv4, also where it is mapped into IPv6, else 16. A zone is passed over, and a port behind the
 * address, which some proxies write. Undefined for whatever is no address.
 */
export function bytesOfAddress(address: string): Buffer | undefined {
  const bare = withoutPort(address);
  if (isIPv4(bare)) return Buffer.from(bare.split('.').map(Number));
  if (!isIPv6(bare)) return undefined;
  const bytes = bytesOfIPv6(bare.replace(/%.*$/, ''));
  return isMapped(bytes) ? bytes.subarray(12) : bytes;
}

/** `192.0.2.7:4711` and `[2001:db8::1]:4711`, without the port. */
function withoutPort(address: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(address) ?? [];
  return bracketed ?? dotted ?? address;
}

/** `::ffff:0:0/96` (RFC 4291 section 2.5.5.2), however it is written. */
function isMapped(bytes: Buffer): boolean {
  return bytes.readUIntBE(0, 6) === 0 && bytes.readUIntBE(6, 6) === 0xffff;
}

function bytesOfIPv6(address: string): Buffer {
  const [head, tail] = address.split('::').map(groupsOf);
  const groups =
    tail === undefined ? head : [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] {
  return text.split(':').flatMap((group) => (group === '' ? [] : groupOrIPv4(group)));
}

/** `1.2.3.4` at the end of an IPv6 address stands for two groups. */
function groupOrIPv4(group: string): number[] {
  if (!group.includes('.')) return [parseInt(group, 16)];
  const [a, b, c, d] = group.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}
