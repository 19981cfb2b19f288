import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Key } from '../../platform/keys/index.js';
import { addUp, openTally, sealTally, type Tally } from './ended-tally.js';

const key = { id: '00112233aabbccdd', secret: Buffer.alloc(32, 7) } as Key;
const ring = { find: (_: string, id: string) => (id === key.id ? key : undefined) };

const count = fc.integer({ min: 0, max: 0xffff_ffff });
const tallies = fc
  .array(fc.tuple(fc.uuid(), fc.record({ redeemed: count, expired: count })), { maxLength: 100 })
  .map((entries) => new Map(entries.filter(([, { redeemed, expired }]) => redeemed + expired > 0)));

it('comes back as it was', () => {
  fc.assert(
    fc.property(tallies, (tally) => expect(openTally(sealTally(randomUUID(), tally, key), ring)).toEqual(tally)),
  );
});

it('has one size for up to 42 authorities, and shows no id', () => {
  const of = (authorities: number): Tally =>
    new Map(Array.from({ length: authorities }, () => [randomUUID(), { redeemed: 1, expired: 2 }]));
  const sizes = [0, 1, 42].map((authorities) => sealTally(randomUUID(), of(authorities), key).sealed.length);
  expect(new Set(sizes).size).toBe(1);
  const tally = of(1);
  const [authority] = tally.keys();
  expect(sealTally(randomUUID(), tally, key).sealed.toString('hex')).not.toContain(authority.replaceAll('-', ''));
});

it('cannot be read when it was altered, moved to another row, or its key is not there', () => {
  const sealed = sealTally(randomUUID(), new Map([[randomUUID(), { redeemed: 1, expired: 0 }]]), key);
  const altered = Buffer.from(sealed.sealed);
  altered[20] ^= 1;
  expect(openTally({ ...sealed, sealed: altered }, ring)).toBeUndefined();
  expect(openTally({ ...sealed, id: randomUUID() }, ring)).toBeUndefined();
  expect(openTally({ ...sealed, keyId: 'ffffffffffffffff' }, ring)).toBeUndefined();
  expect(openTally(sealed, ring)).toBeDefined();
});

it('adds up by authority', () => {
  const total = addUp([
    new Map([['a', { redeemed: 1, expired: 2 }]]),
    new Map([
      ['a', { redeemed: 3, expired: 0 }],
      ['b', { redeemed: 0, expired: 1 }],
    ]),
  ]);
  expect([...total]).toEqual([
    ['a', { redeemed: 4, expired: 2 }],
    ['b', { redeemed: 0, expired: 1 }],
  ]);
});
