import { wholeInMemory } from './published-file.js';

const SEGMENT = Buffer.from('segment');

it.each([
  ['one segment in memory', 1, SEGMENT, SEGMENT],
  ['one segment that has to be loaded', 1, undefined, undefined],
  ['three segments in memory', 3, SEGMENT, undefined],
])('gives the whole of a file at once, or nothing: %s', (_what, count, kept, whole) => {
  const segment = { bytes: SEGMENT.length, load: async () => SEGMENT, inMemory: () => kept };
  const segments = Array.from({ length: count }, () => segment);
  expect(wholeInMemory({ bytes: count * SEGMENT.length, sha256: '', segments, expiresAt: 0 })).toBe(whole);
});
