import { defaultPrimitives } from '../crypto/primitives.js';
import { BatchError } from './batch-error.js';
import type { CompactHeader, FullHeader } from './header.js';
import { parseBatch } from './parse-batch.js';
import type { ParsedBatch } from './parse-batch.js';
import type { PayloadVisitor } from './payload-visitor.js';
import { CEN_BYTES } from './shape.js';

/** A batch file taken apart. Its signature has NOT been checked: for tests and tools. Phones use `readBatch`. */
export type DecodedBatch = Omit<ParsedBatch, 'header'> &
  (
    | {
        readonly header: FullHeader;
        /** Packed, ascending. */
        readonly cens: Uint8Array;
      }
    | {
        readonly header: CompactHeader;
        /** The w-bit hashes `v`, ascending over the whole batch. */
        readonly hashes: BigUint64Array;
      }
  );

/** Decodes one whole file with every check of `readBatch` except the signature's. Throws BatchError. */
export function decodeBatch(file: Uint8Array): DecodedBatch {
  let cens = new Uint8Array(0);
  let hashes = new BigUint64Array(0);
  let filled = 0;
  const visitor: PayloadVisitor = {
    cens(packed) {
      cens.set(packed, filled);
      filled += packed.length;
    },
    block(index, offsets, count) {
      for (let i = 0; i < count; i++) hashes[filled++] = blockBase(index) + BigInt(offsets[i]!);
    },
  };
  let blockBase: (index: number) => bigint = () => 0n;
  const parser = parseBatch((header) => {
    // No more than the file's own length can fill, whatever the header claims.
    const room = Math.min(header.count, file.length);
    if (header.encoding === 'full') cens = new Uint8Array(room * CEN_BYTES);
    else {
      hashes = new BigUint64Array(room);
      const shift = BigInt(header.hashBits - header.blockBits);
      blockBase = (index) => BigInt(index) << shift;
    }
    return visitor;
  }, defaultPrimitives.sha256);

  let at = 0;
  let step = parser.next();
  while (!step.done) {
    const end = at + step.value;
    if (end > file.length) throw new BatchError('truncated', 'the file ends too early');
    step = parser.next(file.subarray(at, end));
    at = end;
  }
  if (at !== file.length) throw new BatchError('trailing-bytes', 'bytes after the signature');
  const { header, ...signed } = step.value;
  return header.encoding === 'full' ? { header, ...signed, cens } : { header, ...signed, hashes };
}
