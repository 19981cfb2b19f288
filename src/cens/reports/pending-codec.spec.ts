import { randomBytes, randomUUID } from 'node:crypto';
import type { Key } from '../../platform/keys/index.js';
import { openPending, type PendingReport, sealPending } from './pending-codec.js';

const key = { id: '0123456789abcdef', secret: randomBytes(32) } as Pick<Key, 'id' | 'secret'> as Key;
const keys = { find: () => key };
const AUTHORITY = '11111111-1111-4111-8111-111111111111';
const SITE = '22222222-2222-4222-8222-222222222222';
const groups = (...counts: number[]) => counts.map((count, i) => ({ cell: BigInt(i), cens: randomBytes(16 * count) }));
const sealed = (report: PendingReport) => sealPending(randomUUID(), report, key);

const BACKERS: Pick<PendingReport, 'backing' | 'authority' | 'site'>[] = [
  { backing: 'permission', authority: AUTHORITY },
  { backing: 'token', authority: undefined },
  { backing: 'site', authority: undefined, site: SITE },
  { backing: 'unbacked', authority: undefined },
];

it.each(BACKERS)('gives a report with its credential back: $backing', (backer) => {
  for (const heldSince of [undefined, 1_930_914_000]) {
    const report = { ...backer, heldSince, groups: groups(3, 1, 700) };
    expect(openPending(sealed(report), keys)).toEqual(report);
  }
});

it('is bound to its row', () => {
  const row = sealed({ ...BACKERS[0]!, groups: groups(1) });
  expect(openPending({ ...row, id: randomUUID() }, keys)).toBeUndefined();
});

it('of reports that wait shows no length but the size class', () => {
  const lengthOf = (count: number) => sealed({ ...BACKERS[0]!, heldSince: 1, groups: groups(count) }).sealed.length;
  expect(new Set([8200, 9072, 10_000, 12_200].map(lengthOf)).size).toBe(1);
  expect(new Set([1, 4000].map(lengthOf)).size).toBe(1);
  expect(lengthOf(5000)).toBeGreaterThan(lengthOf(4000));
});

it('of others is as long as it must be, and holds CENs where the sort can read them as words', () => {
  expect(sealed({ ...BACKERS[0]!, groups: groups(2, 3) }).sealed).toHaveLength(12 + 17 + 2 * 12 + 5 * 16 + 16);
  for (const heldSince of [undefined, 1]) {
    const opened = openPending(sealed({ ...BACKERS[0]!, heldSince, groups: groups(2, 3) }), keys)!;
    for (const { cens } of opened.groups) expect(cens.byteOffset % 4).toBe(0);
  }
});
