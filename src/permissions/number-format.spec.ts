import fc from 'fast-check';
import { damm } from './damm.js';
import { formatNumber, numberFrom, parseNumber, type PermissionNumber } from './number-format.js';

const random = fc.bigInt({ min: 0n, max: 10n ** 11n - 1n });
const number = random.map((value) => numberFrom(value, 12));

test('the check digit of 572 is 4', () => {
  expect(damm('572')).toBe(4);
  expect(numberFrom(572n, 4)).toBe('5724');
});

test('keeps leading zeros', () => {
  expect(numberFrom(572n, 12)).toBe('000000005724');
  expect(parseNumber('000000005724', 12)).toEqual({ ok: true, number: '000000005724' });
});

test.each([
  '0000-0000-5724',
  ' 0000 0000 5724 ',
  '0000–0000—5724',
  '0000\u00a00000\u202f5724',
  '0000\u22120000 - 5724',
])('reads %j as the number without separators', (text) => {
  expect(parseNumber(text, 12)).toEqual({ ok: true, number: '000000005724' });
});

test.each([
  '',
  '00000000572',
  '0000000005724',
  '00000000572x',
  '00000000572４',
  '٠٠٠٠٠٠٠٠٥٧٢٤',
  '0000_0000_5724',
  '-'.repeat(1000),
  `000000005724${' '.repeat(100_000)}`,
])('refuses %.40j as malformed', (text) => {
  expect(parseNumber(text, 12)).toMatchObject({ ok: false, problem: 'malformed' });
});

test('reads every number back, as written and as shown', () => {
  fc.assert(
    fc.property(number, (written) => {
      expect(parseNumber(written, 12)).toEqual({ ok: true, number: written });
      expect(parseNumber(formatNumber(written), 12)).toEqual({ ok: true, number: written });
    }),
  );
});

test('notices each single wrong digit', () => {
  fc.assert(
    fc.property(number, fc.nat(11), fc.integer({ min: 1, max: 9 }), (written, at, by) => {
      const wrong = written.slice(0, at) + ((Number(written[at]) + by) % 10) + written.slice(at + 1);
      expect(parseNumber(wrong, 12)).toMatchObject({ ok: false, problem: 'wrong-check-digit' });
    }),
  );
});

test('notices each swap of two neighbours', () => {
  fc.assert(
    fc.property(number, fc.nat(10), (written, at) => {
      fc.pre(written[at] !== written[at + 1]);
      const wrong = written.slice(0, at) + written[at + 1] + written[at] + written.slice(at + 2);
      expect(parseNumber(wrong, 12)).toMatchObject({ ok: false, problem: 'wrong-check-digit' });
    }),
  );
});

test('a fault never repeats what was typed', () => {
  for (const text of ['4821 9937 0157', '4821993701']) {
    const parsed = parseNumber(text, 12);
    expect(parsed.ok ? '' : parsed.fault).toMatch(/^[^0-9]*(12)?[^0-9]*$/);
  }
});

test.each([
  ['482199370156', '4821-9937-0156'],
  ['4821993701', '4821-993-701'],
  ['48219937', '4821-9937'],
  ['4821993701563', '4821-993-701-563'],
])('shows %s as %s', (written, shown) => {
  expect(formatNumber(written as PermissionNumber)).toBe(shown);
});
