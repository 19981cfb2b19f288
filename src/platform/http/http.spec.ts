import { BadRequestException, HttpException } from '@nestjs/common';
import fc from 'fast-check';
import { z } from 'zod';
import { DomainError } from './domain-error.js';
import { errorCode } from './error-code.js';
import { allowsRange, isInternalAddress, isNotModified, parseRange } from './index.js';
import { faultsOf } from './zod-problem.js';

describe('parseRange', () => {
  it('gives what the bytes of the file have in common with what was asked for, or 416 when that is nothing', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.option(fc.nat(60)), (length, first, last) => {
        const wanted = Array.from({ length }, (_, at) => at).filter((at) => at >= first && at <= (last ?? length));
        const range = parseRange(`bytes=${first}-${last ?? ''}`, length);
        if (last !== null && last < first) expect(range).toBeUndefined();
        else if (wanted.length === 0) expect(range).toBe('unsatisfiable');
        else expect(range).toEqual({ first: wanted[0], last: wanted.at(-1) });
      }),
    );
  });

  it('counts a suffix from the end', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), (length, count) => {
        const wanted = Array.from({ length }, (_, at) => at).slice(count === 0 ? length : -count);
        const range = parseRange(`bytes=-${count}`, length);
        if (wanted.length === 0) expect(range).toBe('unsatisfiable');
        else expect(range).toEqual({ first: wanted[0], last: wanted.at(-1) });
      }),
    );
  });

  it.each([undefined, '', 'bytes=-', 'bytes=1-2,3-4', 'bytes=x-', 'items=0-1', 'bytes 0-1'])('ignores %s', (header) => {
    expect(parseRange(header, 10)).toBeUndefined();
  });

  it('takes numbers of any length', () => {
    expect(parseRange(`bytes=0-${'9'.repeat(400)}`, 10)).toEqual({ first: 0, last: 9 });
    expect(parseRange(`bytes=${'9'.repeat(400)}-`, 10)).toBe('unsatisfiable');
  });
});

describe('conditional requests', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    [' * ', true],
    ['"b"', false],
    ['a', false],
    ['"A"', false],
  ])('If-None-Match %s: %s', (header, expected) => expect(isNotModified(header, '"a"')).toBe(expected));

  it.each<[string | undefined, boolean]>([
    [undefined, true],
    ['"a"', true],
    ['W/"a"', false],
    ['"b"', false],
    ['Mon, 23 Nov 2026 22:00:00 GMT', false],
  ])('If-Range %s: %s', (header, expected) => expect(allowsRange(header, '"a"')).toBe(expected));
});

describe('errorCode', () => {
  class Refusal extends DomainError {}
  const withCode = (code: string) => Object.assign(new Error('x'), { code });
  const withStatus = (statusCode: number) => Object.assign(new Error('x'), { statusCode });

  it.each<[string, unknown]>([
    ['not-found', new Refusal('not-found')],
    ['malformed-request', new BadRequestException()],
    ['malformed-request', new HttpException('teapot', 418)],
    ['payload-too-large', withStatus(413)],
    ['unsupported-media-type', withStatus(415)],
    ['internal-error', withStatus(500)],
    ['unavailable', withCode('ECONNREFUSED')],
    ['unavailable', withCode('57P01')],
    ['unavailable', withCode('08006')],
    ['unavailable', withCode('53300')],
    ['unavailable', new Error('Connection terminated unexpectedly')],
    ['unavailable', new Error('timeout expired')],
    ['internal-error', withCode('23505')],
    ['internal-error', new TypeError('x')],
    ['internal-error', 'a string'],
    ['internal-error', undefined],
  ])('is %s for %p', (code, thrown) => {
    expect(errorCode(thrown)).toBe(code);
  });
});

describe('faultsOf', () => {
  it('points into the document as RFC 6901 says', () => {
    const schema = z.object({ 'a/b': z.array(z.object({ 'c~d': z.number() })) });
    const { error } = schema.safeParse({ 'a/b': [{ 'c~d': 1 }, { 'c~d': 'x' }] });
    expect(faultsOf(error!.issues)).toEqual([{ pointer: '/a~1b/1/c~0d', detail: expect.any(String) }]);
  });
});

describe('isInternalAddress', () => {
  const ranges = ['127.0.0.0/8', '10.1.0.0/16', '::1/128', 'fd00::/8'];
  it.each(['127.0.0.1', '127.9.9.9', '10.1.255.255', '::1', 'fd12::1', '::ffff:127.0.0.1'])('knows %s', (address) => {
    expect(isInternalAddress(ranges, address)).toBe(true);
  });
  it.each(['128.0.0.1', '10.2.0.0', '::2', 'fe80::1', '::ffff:8.8.8.8'])('does not know %s', (address) => {
    expect(isInternalAddress(ranges, address)).toBe(false);
  });
});
