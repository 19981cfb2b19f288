import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latLngToCell } from 'h3-js';
import { partition } from './partition.js';
import { formatRegion } from './region-id.js';

const page = readFileSync(join(process.cwd(), 'docs/partition.md'), 'utf8');

/** The rows of the table with these column names, cells trimmed, without backticks and thousands separators. */
function table(header: string): string[][] {
  const lines = page.slice(page.indexOf(header)).split('\n\n', 1)[0]!.split('\n').slice(2);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replace(/[`,]/g, '').trim()),
  );
}

describe('the example in docs/partition.md', () => {
  const places = table('| place | latitude | longitude | reports | CENs each |');
  const pending = places.flatMap(([, latitude, longitude, reports, cens]) => {
    const cell = BigInt(`0x${latLngToCell(Number(latitude), Number(longitude), 3)}`);
    return Array.from({ length: Number(reports) }, () => ({
      backed: true,
      groups: [{ cell, count: Number(cens) }],
    }));
  });
  const { regions } = partition(pending, { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 }, 'publish');

  it('has the regions that come out', () => {
    const planned = regions.map(({ region, reports, cens }) => [formatRegion(region), `${reports}`, `${cens}`]);
    expect(planned.sort()).toEqual(table('| region | reports | CENs |').sort());
    expect(planned).toHaveLength(6);
  });

  it('counts rightly what a phone in Vienna reads, and what is pending', () => {
    const cens = (ids: string[]): number =>
      regions.filter(({ region }) => ids.includes(formatRegion(region))).reduce((sum, r) => sum + r.cens, 0);
    const read = cens(['world', '811e3ffffffffff', '831e15fffffffff']);
    const all = pending.reduce((sum, { groups }) => sum + groups[0]!.count, 0);
    expect(page).toContain(`${pending.length} backed reports, ${all.toLocaleString('en')} CENs in all`);
    expect(page).toContain(`${read.toLocaleString('en')} CENs, and ${(all - read).toLocaleString('en')} not at all`);
  });
});
