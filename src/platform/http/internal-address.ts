import { BlockList, isIPv6 } from 'node:net';

/** Tells whether an address lies in one of the ranges (CIDR notation). IPv4 mapped into IPv6 counts as IPv4. */
export function isInternalAddress(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network, prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
