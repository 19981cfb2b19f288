import { BlockList, isIPv6 } from 'node:net';

/** What proxies add to a request that they pass on. */
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/**
 * Whether a proxy has passed a request on although none is known of: its address is then the proxy's, perhaps this very
 * machine's, and says nothing of who asks.
 */
export function isFromUnknownProxy(trustedProxyHops: number, headers: Readonly<Record<string, unknown>>): boolean {
  return trustedProxyHops === 0 && PROXY_HEADERS.some((name) => headers[name] !== undefined);
}

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
