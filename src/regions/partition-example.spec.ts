import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latLngToCell } from 'h3-js';
import { partition } from './partition.js';
import { formatRegion } from './region-id.js';

const page = readFileSync(join(process.cwd(), 'docs/partition.md'), 'utf8');
const CENS_OF_A_REPORT = 9072;

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
  const places = table('| place | latitude | longitude | reports |');
  const pending = places.flatMap(([, latitude, longitude, reports]) => {
    const cell = BigInt(`0x${latLngToCell(Number(latitude), Number(longitude), 3)}`);
    return Array.from({ length: Number(reports) }, () => ({
      backed: true,
      groups: [{ cell, count: CENS_OF_A_REPORT }],
    }));
  });
  const { regions } = partition(pending, { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 });

  it('has the regions that come out', () => {
    const planned = regions.map(({ region, reports, cens }) => [formatRegion(region), `${reports}`, `${cens}`]);
    expect(planned.sort()).toEqual(table('| region | reports | CENs |').sort());
    expect(planned).toHaveLength(5);
  });

  it('counts rightly what a phone in Vienna reads, and what is pending', () => {
    const cens = (ids: string[]): number =>
      regions.filter(({ region }) => ids.includes(formatRegion(region))).reduce((sum, r) => sum + r.cens, 0);
    const read = cens(['world', '811e3ffffffffff', '831e15fffffffff']);
    const all = pending.length * CENS_OF_A_REPORT;
    expect(page).toContain(`${pending.length} backed reports of 9,072 CENs, ${all.toLocaleString('en')} in all`);
    expect(page).toContain(`${read.toLocaleString('en')} CENs, and ${(all - read).toLocaleString('en')} not at all`);
  });
});
