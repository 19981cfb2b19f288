import fc from 'fast-check';
import { encodeCompact, encodeFull } from '../encode/index.js';
import { inPieces, randomCens, resign, seal, sha256, signingKey } from '../testing/seal.js';
import { BatchError } from './batch-error.js';
import { decodeBatch } from './decode-batch.js';
import type { DecodedBatch } from './decode-batch.js';
import { readBatch } from './read-batch.js';

/** How many mutated files are tried. */
const MUTATED_FILES = 10_000;

const originals = [
  seal('compact', randomCens(1)),
  seal('compact', randomCens(40)),
  seal('compact', randomCens(1500)),
  seal('compact', randomCens(1100), { remainderBits: 32 }),
  seal('full', randomCens(1)),
  seal('full', randomCens(60)),
];

type Mutation = (file: Uint8Array) => Uint8Array;

/** Positions cluster where structure is: the header, the table, the counts and quotients of the first block. */
const position = fc.oneof(fc.nat(63), fc.nat(300), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

function at(file: Uint8Array, where: number): number {
  return Math.min(file.length - 1, Number.isInteger(where) ? where : Math.floor(where * file.length));
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.nat(7)).map(([where, bit]): Mutation => (file) => {
    const copy = new Uint8Array(file);
    copy[at(file, where)]! ^= 1 << bit;
    return copy;
  }),
  fc
    .tuple(position, fc.constantFrom(0, 1, 2, 127, 128, 254, 255), fc.integer({ min: 1, max: 4 }))
    .map(([where, value, count]): Mutation => (file) => {
      const copy = new Uint8Array(file);
      copy.fill(value, at(file, where), at(file, where) + count);
      return copy;
    }),
  position.map(
    (where): Mutation =>
      (file) =>
        file.slice(0, at(file, where)),
  ),
  fc.tuple(position, fc.uint8Array({ maxLength: 20 })).map(
    ([where, extra]): Mutation =>
      (file) =>
        Buffer.concat([file.subarray(0, at(file, where)), extra, file.subarray(at(file, where))]),
  ),
  fc.tuple(position, position).map(
    ([from, to]): Mutation =>
      (file) =>
        Buffer.concat([file.subarray(0, at(file, from)), file.subarray(at(file, to))]),
  ),
);

const mutant = fc
  .tuple(fc.constantFrom(...originals), fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([original, mutations, signed]) => {
    const file = mutations.reduce((changed, mutate) => mutate(changed), original);
    // Half of them signed anew, as by somebody who has the key: nothing but the decoder stands in the way.
    return signed && file.length >= 128 ? resign(Uint8Array.from(file)) : Uint8Array.from(file);
  });

/** The encoding is canonical: header and contents leave the encoder no choice, so a correct decode can be proved. */
function encodedAgain(decoded: DecodedBatch): Uint8Array {
  const { header } = decoded;
  if ('cens' in decoded) return encodeFull(header, decoded.cens, { sha256 }).file.subarray(0, -64);
  const { hashes } = decoded;
  // Stand-in CENs whose "encryption" XOR themselves are exactly the decoded hashes.
  const cens = new Uint8Array(16 * hashes.length);
  const encrypted = new Uint8Array(16 * hashes.length);
  const view = new DataView(encrypted.buffer);
  hashes.forEach((hash, i) => {
    new DataView(cens.buffer).setUint32(16 * i + 12, i);
    view.setBigUint64(16 * i, hash << BigInt(64 - (header as { hashBits: number }).hashBits), true);
  });
  const { remainderBits, salt } = header as { remainderBits: 40 | 32; salt: Uint8Array };
  const options = { sha256, aesEcb: () => encrypted, randomBytes: () => salt, remainderBits };
  return encodeCompact(header, cens, options).file.subarray(0, -64);
}

describe('a mutated batch file', () => {
  it('is one BatchError or a correct decode, never anything else', async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(mutant, fc.integer({ min: 1, max: 5000 }), async (file, pieceBytes) => {
        const started = performance.now();
        const decoded = attempt(() => decodeBatch(file));
        if (!(decoded instanceof BatchError)) {
          expect(Buffer.from(encodedAgain(decoded)).equals(Buffer.from(file.subarray(0, -64)))).toBe(true);
        }
        const streamed = await readBatch(inPieces(file, pieceBytes), {
          now: () => Infinity,
          findKey: (keyId) => (keyId === signingKey.keyId ? signingKey.publicKey : undefined),
        }).catch((error: unknown) => error);
        if (streamed instanceof BatchError) {
          // The stream is verified before anything after the signature is looked at.
          const verifying = ['unknown-key', 'bad-signature'].includes(streamed.code);
          const expected = decoded instanceof BatchError ? decoded.code : 'decodes';
          expect(verifying ? ['decodes', 'trailing-bytes'] : [streamed.code]).toContain(expected);
        } else {
          expect(streamed).toMatchObject({ header: (decoded as DecodedBatch).header, matches: [] });
        }
        expect(performance.now() - started).toBeLessThan(2000);
        const outcome = streamed instanceof BatchError ? streamed.code : 'accepted';
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: MUTATED_FILES },
    );
    // The mutations reach every check, and some leave a good file.
    expect(outcomes.size).toBeGreaterThan(18);
    expect(outcomes.has('accepted')).toBe(true);
  }, 120_000);

  it('takes no more memory than its own length asks for, whatever it claims', () => {
    const file = resign(seal('full', randomCens(1)));
    const view = new DataView(file.buffer, file.byteOffset);
    view.setUint32(28, 2 ** 23 - 1, true);
    view.setUint32(52, 16 * (2 ** 23 - 1), true);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodeBatch(file)).toThrow(BatchError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});

function attempt<Result>(work: () => Result): Result | BatchError {
  try {
    return work();
  } catch (error) {
    if (error instanceof BatchError) return error;
    throw error;
  }
}
