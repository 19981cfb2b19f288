import fc from 'fast-check';
import { BlockList } from 'node:net';
import { overlapsOf } from './overlaps.js';
import { type RangedSite, SiteTable } from './site-table.js';

const site = (id: string, ...ranges: string[]): RangedSite => ({ id, ranges });

describe('the site of an address', () => {
  const table = new SiteTable([
    site('b', '192.0.2.0/24', '2001:db8::/48'),
    site('a', '192.0.2.64/26'),
    site('d', '198.51.100.0/24'),
    site('c', '198.51.100.0/24', '2001:db8:0:7::/64'),
  ]);

  it.each([
    ['192.0.2.1', 'b'],
    ['192.0.2.65', 'a'],
    ['192.0.3.1', undefined],
    ['::ffff:192.0.2.1', 'b'],
    ['::ffff:c000:201', 'b'],
    ['198.51.100.9', 'c'],
    ['2001:db8::1', 'b'],
    ['2001:DB8:0:7::1', 'c'],
    ['2001:db8:1::1', undefined],
    ['192.0.2.1:4711', 'b'],
    ['[2001:db8::1]:4711', 'b'],
    ['192.0.2.1, 192.0.2.2', undefined],
    ['unknown', undefined],
    ['', undefined],
  ])('of %p is %p', (address, found) => {
    expect(table.find(address)).toBe(found);
  });

  it('is the one that node:net finds', () => {
    const octet = fc.integer({ min: 0, max: 3 });
    const range = fc
      .tuple(octet, octet, fc.integer({ min: 24, max: 32 }))
      .map(([a, b, prefix]) => `203.0.${a}.${((b * 64) >> (32 - prefix)) << (32 - prefix)}/${prefix}`);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), octet, fc.nat(255), (ranges, a, b) => {
        const list = new BlockList();
        for (const text of ranges) list.addSubnet(text.split('/')[0], Number(text.split('/')[1]));
        const found = new SiteTable(ranges.map((text, i) => site(String(i), text))).find(`203.0.${a}.${b}`);
        expect(found !== undefined).toBe(list.check(`203.0.${a}.${b}`));
      }),
    );
  });
});

describe('what overlaps a site', () => {
  it('is every range of another site that lies in one of its own or around it', () => {
    const sites = [
      site('wide', '192.0.0.0/16'),
      site('narrow', '192.0.2.0/24', '198.51.100.0/24'),
      site('equal', '192.0.2.0/24'),
      site('apart', '203.0.113.0/24', '2001:db8::/48'),
    ];
    const found = overlapsOf(sites);
    const shown = (id: string) =>
      found
        .get(id)!
        .map(({ range, site: { id: other }, siteRange }) => `${range} ${other} ${siteRange}`)
        .sort();
    expect(shown('wide')).toEqual(['192.0.0.0/16 equal 192.0.2.0/24', '192.0.0.0/16 narrow 192.0.2.0/24']);
    expect(shown('narrow')).toEqual(['192.0.2.0/24 equal 192.0.2.0/24', '192.0.2.0/24 wide 192.0.0.0/16']);
    expect(shown('apart')).toEqual([]);
  });
});
