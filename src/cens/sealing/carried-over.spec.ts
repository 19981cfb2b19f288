import { latLngToCell } from 'h3-js';
import { Regions } from '../../regions/index.js';
import type { PendingReport } from '../reports/pending-codec.js';
import { carriedOver } from './carried-over.js';
import { countedReports } from './counted-reports.js';
import { redeemedNumbers } from './redeemed-numbers.js';

const [here, there] = [latLngToCell(48.2, 16.37, 3), latLngToCell(35.7, 139.7, 3)].map((cell) => BigInt(`0x${cell}`));
const group = (cell: bigint, count: number) => ({ cell, cens: Buffer.alloc(16 * count, count) });
const AUTHORITY = '11111111-1111-4111-8111-111111111111';
const SITE = '22222222-2222-4222-8222-222222222222';

const reports: PendingReport[] = [
  { backing: 'permission', authority: AUTHORITY, groups: [group(here, 9), group(there, 1)] },
  { backing: 'permission', authority: AUTHORITY, groups: [group(here, 8)] },
  { backing: 'token', authority: undefined, groups: [group(here, 7)] },
  { backing: 'site', authority: undefined, site: SITE, groups: [group(there, 2), group(there, 3)] },
  { backing: 'unbacked', authority: undefined, groups: [group(there, 4)] },
];

function carried(): PendingReport[] {
  const pending = reports.map(({ groups }, i) => ({
    backed: countedReports(reports)[i]!,
    groups: groups.map(({ cell, cens }) => ({ cell, count: cens.length / 16 })),
  }));
  const settings = { splitAbove: 10, minReports: 3, regionMaxResolution: 3 };
  const { held } = new Regions().partition(pending, settings, 'hold');
  return carriedOver(reports, held!).sort((a, b) => a.groups[0]!.cens.length - b.groups[0]!.cens.length);
}

it('is what the partition holds, one report for each that it comes from', () => {
  expect(carried().map(({ groups }) => groups)).toEqual([
    [group(there, 1)],
    [group(there, 2), group(there, 3)],
    [group(there, 4)],
  ]);
});

it('counts towards MIN_REPORTS as its reports did', () => {
  expect(countedReports(carried())).toEqual([true, true, false]);
  expect(countedReports([...carried(), reports[3]!])).toEqual([true, true, false, false]);
});

it('counts its numbers only once', () => {
  expect(redeemedNumbers(reports)).toEqual(new Map([[AUTHORITY, 2]]));
  expect(redeemedNumbers(carried())).toEqual(new Map());
});
