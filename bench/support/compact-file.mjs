import { randomBytes } from 'node:crypto';
import { decodeBatch } from 'cen-client';
import { encodeCompact, sortUnique } from 'cen-client/encode';
import { codecCrypto } from '../../dist/cens/sealing/codec-crypto.js';

/** A compact file of `count` random CENs with what it takes to compare it: `w` gives ε = n / 2^w. */
export function compactFile(count, cens = randomBytes(count * 16)) {
  const meta = { region: 0n, slotStart: 0, slotSeconds: 3600, sealedAt: 3600, part: 0, keyId: '0'.repeat(16) };
  const { file, header } = encodeCompact(meta, sortUnique(cens), codecCrypto);
  // A file that lacked something would be smaller.
  if (decodeBatch(file).hashes.length !== count) throw new Error('the file does not hold every CEN');
  return {
    file,
    header,
    bits: (file.length * 8) / header.count,
    falseMatchBits: header.hashBits - Math.log2(header.count),
  };
}
