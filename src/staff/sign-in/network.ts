import { isIPv4, isIPv6 } from 'node:net';

const IPV4_BYTES = 3;
const IPV6_BYTES = 6;

/**
 * The network that an address belongs to, as bytes: /24 of IPv4, also where it is mapped into IPv6, and /48 of IPv6, which
 * is what a provider gives to one site (RFC 6177).
 */
export function networkOf(address: string): Buffer {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return Buffer.from(plain.split('.').map(Number)).subarray(0, IPV4_BYTES);
  if (!isIPv6(plain)) return Buffer.alloc(0);
  return bytesOfIPv6(plain.replace(/%.*$/, '')).subarray(0, IPV6_BYTES);
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
