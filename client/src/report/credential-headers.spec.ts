import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { chaffHeaders, credentialHeaders } from './credential-headers.js';

/** RFC 7541 appendix B: code lengths of the characters 32 to 126. */
const CODE_LENGTHS = [
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6,
  5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
];

/** Characters of each header, and the bytes of both in Huffman code. */
function sizeOf(headers: Record<string, string>) {
  const values = [headers['Authorization']!, headers['CEN-Padding']!];
  const bytes = values.map((value) =>
    Math.ceil(Array.from(value).reduce((bits, one) => bits + CODE_LENGTHS[one.charCodeAt(0) - 32]!, 0) / 8),
  );
  return { characters: values.map(({ length }) => length), bytes: bytes[0]! + bytes[1]! };
}

const digit = fc.integer({ min: 0, max: 9 });

it('are equally long for a number, whatever its digits, and for chaff', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 18 }), fc.infiniteStream(digit), (length, stream) => {
      const number = [...stream.take(length)].join('');
      const real = sizeOf(credentialHeaders({ kind: 'permission', number }));
      expect(sizeOf(chaffHeaders({ like: 'permission', digits: length }))).toEqual(real);
      const zeros = credentialHeaders({ kind: 'permission', number: '0'.repeat(length) });
      expect(sizeOf(zeros)).toEqual(real);
    }),
  );
});

it('are equally long for a token and for chaff', () => {
  const chaff = sizeOf(chaffHeaders({ like: 'token', digits: 12 }));
  for (let round = 0; round < 300; round++) {
    const token = randomBytes(354).toString('base64url');
    expect(sizeOf(credentialHeaders({ kind: 'token', token }))).toEqual(chaff);
    expect(sizeOf(chaffHeaders({ like: 'token', digits: 12 }))).toEqual(chaff);
  }
});

it('are padded with what a table of earlier headers does not hold', () => {
  const paddings = Array.from({ length: 50 }, () => chaffHeaders({ like: 'permission', digits: 12 })['CEN-Padding']);
  expect(new Set(paddings).size).toBe(50);
});

it('are none where there is no credential', () => {
  expect(credentialHeaders({ kind: 'none' })).toEqual({});
});
