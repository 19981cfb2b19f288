import fc from 'fast-check';
import { contains, formatRange, fromNormal, readRange, type AddressRange } from './address-range.js';

/** Ranges that a site may have: IPv4 below 1.0.0.0/8, IPv6 below 2000::/3. */
const ranges: fc.Arbitrary<AddressRange> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 16, max: 32 }), fc.bigInt({ min: 0n, max: 0xffffffn }))
    .map(([prefix, rest]) => cut(32, (1n << 24n) | rest, prefix)),
  fc
    .tuple(fc.integer({ min: 40, max: 128 }), fc.bigInt({ min: 0n, max: (1n << 124n) - 1n }))
    .map(([prefix, rest]) => cut(128, (2n << 124n) | rest, prefix)),
);

function cut(bits: number, address: bigint, prefix: number): AddressRange {
  const rest = BigInt(bits - prefix);
  return { bits, prefix, network: (address >> rest) << rest };
}

describe('a range', () => {
  it('has one spelling, which is read as the same range', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        expect(readRange(formatRange(range))).toEqual(range);
        expect(fromNormal(formatRange(range))).toEqual(range);
      }),
    );
  });

  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['198.51.100.7', '198.51.100.7/32'],
    ['2001:DB8:0:0::/48', '2001:db8::/48'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['203.0.0.0/16', '203.0.0.0/16'],
    ['2a00:1234:5600::/40', '2a00:1234:5600::/40'],
  ])('%s is written %s', (text, normal) => {
    expect(formatRange(readRange(text) as AddressRange)).toBe(normal);
  });

  it.each([
    ['', /must be a range/],
    ['example.org', /must be a range/],
    ['192.0.2.0/24/24', /must be a range/],
    ['192.0.2/24', /must be a range/],
    ['192.0.2.0/', /must be a range/],
    ['192.0.2.0/-1', /must be a range/],
    ['fe80::1%eth0/64', /must be a range/],
    ['192.0.2.0/33', /at most \/32/],
    ['2001:db8::/129', /at most \/128/],
    ['192.0.2.17/24', /did you mean 192\.0\.2\.0\/24/],
    ['2001:db8::1/48', /did you mean 2001:db8::\/48/],
    ['::ffff:192.0.2.0/120', /IPv4 inside IPv6/],
    ['0.0.0.0/0', /too wide/],
    ['::/0', /too wide/],
    ['5.0.0.0/15', /too wide/],
    ['2001:db8::/32', /too wide/],
    ['10.1.2.0/24', /private/],
    ['172.16.0.0/16', /private/],
    ['192.168.1.1', /private/],
    ['100.64.0.0/16', /carriers/],
    ['127.0.0.1', /machine itself/],
    ['169.254.0.0/16', /link-local/],
    ['224.0.0.1', /multicast/],
    ['255.255.255.255', /reserved/],
    ['::1', /machine itself/],
    ['fd00::/48', /private/],
    ['fe80::/64', /link-local/],
    ['ff02::1', /multicast/],
    ['64:ff9b::c000:200/120', /write the IPv4 range/],
  ])('is not %s', (text, fault) => {
    expect(readRange(text)).toEqual({ fault: expect.stringMatching(fault) as string });
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => void readRange(text)));
  });
});

it('two ranges meet where one lies in the other', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const ends = (range: AddressRange): [bigint, bigint] => [
        range.network,
        range.network + (1n << BigInt(range.bits - range.prefix)) - 1n,
      ];
      const [[fromA, toA], [fromB, toB]] = [ends(a), ends(b)];
      expect(contains(a, b) || contains(b, a)).toBe(a.bits === b.bits && fromA <= toB && fromB <= toA);
      expect(contains(a, b)).toBe(a.bits === b.bits && fromA <= fromB && toB <= toA);
    }),
  );
});
