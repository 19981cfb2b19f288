import fc from 'fast-check';
import { damm } from '../../../../src/permissions/damm';
import { formatNumber, type PermissionNumber } from '../../../../src/permissions/number-format';
import { compareReadBack, fitsCheckDigit, groupsOf } from './permission-number';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const number = digits(11).map((part) => `${part}${damm(part)}`);

test('the check digit is the server’s', () => {
  fc.assert(fc.property(digits(12), (any) => fitsCheckDigit(any) === (damm(any) === 0)));
});

test('the groups are the server’s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 18 }).chain(digits), (any) => {
      expect(groupsOf(any).join('-')).toBe(formatNumber(any as PermissionNumber));
    }),
  );
});

describe('what the patient reads back', () => {
  it('is the same only if every digit is', () => {
    fc.assert(fc.property(number, (given) => expect(compareReadBack(given, given)).toEqual({ kind: 'same' })));
  });

  it('with one wrong digit is told by place, and that the check digit shows it', () => {
    fc.assert(
      fc.property(number, fc.nat(11), fc.integer({ min: 1, max: 9 }), (given, place, shift) => {
        const heard = [...given].map((digit, at) => (at === place ? (Number(digit) + shift) % 10 : digit)).join('');
        expect(compareReadBack(given, heard)).toEqual({ kind: 'different', wrong: [place + 1], slip: true });
      }),
    );
  });

  it('of another patient’s number is different, although its check digit fits', () => {
    fc.assert(
      fc.property(number, number, (given, other) => {
        fc.pre(given !== other);
        expect(compareReadBack(given, other)).toMatchObject({ kind: 'different', slip: false });
      }),
    );
  });

  it('tells a wrong digit at once, and of an unfinished right one nothing', () => {
    expect(compareReadBack('482199370156', '4821')).toEqual({ kind: 'incomplete', wrong: [] });
    expect(compareReadBack('482199370156', '4812')).toEqual({ kind: 'incomplete', wrong: [3, 4] });
    expect(compareReadBack('482199370156', '4821993701567')).toMatchObject({ kind: 'different', slip: true });
  });
});
