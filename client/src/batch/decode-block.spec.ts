import { BatchError } from './batch-error.js';
import { decodeBlock } from './decode-block.js';
import type { BlockShape } from './block-layout.js';

const shape: BlockShape = { remainderBits: 40, limit: 2 ** 50 };

function block(entries: number, quotients: number[], remainders: number[]): Uint8Array {
  const bytes = Buffer.alloc(2 + quotients.length + 5 * remainders.length);
  bytes.writeUInt16LE(entries);
  bytes.set(quotients, 2);
  remainders.forEach((remainder, i) => bytes.writeUIntLE(remainder, 2 + quotients.length + 5 * i, 5));
  return bytes;
}

function decode(bytes: Uint8Array): number[] | string {
  const offsets = new Float64Array(13_107);
  try {
    return [...offsets.subarray(0, decodeBlock(bytes, shape, offsets))];
  } catch (error) {
    if (error instanceof BatchError) return error.code;
    throw error;
  }
}

/** `zeros` zero bits and a one. */
function unary(zeros: number): number[] {
  const bytes = Array.from({ length: Math.floor(zeros / 8) + 1 }, () => 0);
  bytes[bytes.length - 1] = 1 << (zeros % 8);
  return bytes;
}

describe('decoding a block', () => {
  it('takes the largest hash there can be, and none larger', () => {
    const largest = 2 ** 40 - 1;
    expect(decode(block(1, unary(1023), [largest]))).toEqual([2 ** 50 - 1]);
    expect(decode(block(1, unary(1024), [0]))).toBe('out-of-range');
    // Two entries: the second is one more than the sum of what is stored.
    expect(decode(block(2, [...unary(1023), 1], [largest - 1, 0]))).toEqual([2 ** 50 - 2, 2 ** 50 - 1]);
    expect(decode(block(2, [...unary(1023), 1], [largest, 0]))).toBe('out-of-range');
  });

  it('is not misled by sums beyond 2^53', () => {
    expect(decode(block(2, [...unary(500_000), 1], [2 ** 40 - 1, 2 ** 40 - 1]))).toBe('out-of-range');
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('reads quotients that end %i bytes into a word', (bytes) => {
    expect(decode(block(1, unary(8 * bytes + 3), [9]))).toEqual([(8 * bytes + 3) * 2 ** 40 + 9]);
  });

  it('is empty without entries', () => expect(decode(block(0, [], []))).toEqual([]));

  it.each<[string, Uint8Array]>([
    ['bad-block-length', block(1, [], [7])],
    ['bad-block-length', block(9, [0xff], [1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['bad-block-length', block(0, [0], [])],
    ['bad-block-length', block(0xffff, [1], [7])],
    ['bad-quotients', block(1, [0], [7])],
    ['bad-quotients', block(2, [1], [7, 7])],
    ['bad-padding', block(1, [3], [7])],
    ['bad-padding', block(1, [1, 0], [7])],
    ['bad-padding', block(1, [1, 0, 0, 0, 0, 0, 0], [7])],
    ['bad-padding', block(1, [1, 0, 0, 0, 1], [7])],
  ])('refuses with %s', (code, bytes) => expect(decode(bytes)).toBe(code));
});
