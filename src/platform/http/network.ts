import { bytesOfAddress } from './address.js';

const IPV4_BYTES = 4;
const IPV4_NETWORK_BYTES = 3;
const IPV6_NETWORK_BYTES = 6;

/**
 * The network that an address belongs to, as bytes: /24 of IPv4, also where it is mapped into IPv6, and /48 of IPv6, which
 * is what a provider gives to one site (RFC 6177). Whatever is no address belongs to one network of its own, without bytes.
 */
export function networkOf(address: string): Buffer {
  const bytes = bytesOfAddress(address);
  if (bytes === undefined) return Buffer.alloc(0);
  return bytes.subarray(0, bytes.length === IPV4_BYTES ? IPV4_NETWORK_BYTES : IPV6_NETWORK_BYTES);
}

/** The same as text, to be the key of a map. */
export function networkKey(address: string): string {
  return networkOf(address).toString('latin1');
}
