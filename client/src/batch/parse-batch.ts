import { copyOf } from '../bytes.js';
import type { Sha256Stream } from '../crypto/functions.js';
import { BatchError } from './batch-error.js';
import { compareCens, isStrictlyAscending } from './cen-order.js';
import { readHeader } from './header.js';
import type { BatchHeader, CompactHeader, FullHeader } from './header.js';
import type { PayloadVisitor } from './payload-visitor.js';
import { BlockReader } from './read-block.js';
import { CEN_BYTES, HEADER_BYTES, SIGNATURE_BYTES, U16_BYTES } from './shape.js';

/** What a parsed batch needs to be believed: an Ed25519 signature of `header.keyId` over `signedBytes`. */
export interface ParsedBatch {
  readonly header: BatchHeader;
  /** header ‖ SHA-256(payload), 96 bytes. */
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** How much of a payload is asked for at once: enough to hash fast, little enough to be nothing on a phone. */
const PIECE_BYTES = 32 * 1024;

/**
 * Reads one batch: yields how many bytes it wants next, is sent exactly so many, and returns when it has read the
 * signature. Written as a generator so that the streaming and the in-memory reader are the same code. Holds at most 64 KiB
 * and a block. Throws BatchError for anything that protocol §7 does not allow.
 */
export function* parseBatch(
  visit: (header: BatchHeader) => PayloadVisitor,
  sha256: () => Sha256Stream,
): Generator<number, ParsedBatch, Uint8Array> {
  const headerBytes = copyOf(yield HEADER_BYTES);
  const header = readHeader(headerBytes);
  const visitor = visit(header);
  const hash = sha256();
  if (header.encoding === 'full') yield* parseFull(header, visitor, hash);
  else yield* parseCompact(header, visitor, hash);

  const signedBytes = new Uint8Array(HEADER_BYTES + 32);
  signedBytes.set(headerBytes);
  signedBytes.set(hash.digest(), HEADER_BYTES);
  const signature = copyOf(yield SIGNATURE_BYTES);
  return { header, signedBytes, signature };
}

function* parseFull(
  header: FullHeader,
  visitor: PayloadVisitor,
  hash: Sha256Stream,
): Generator<number, void, Uint8Array> {
  const last = new Uint8Array(CEN_BYTES);
  for (let left = header.payloadBytes; left > 0;) {
    const piece = yield Math.min(left, PIECE_BYTES);
    hash.update(piece);
    const isFirst = left === header.payloadBytes;
    if ((!isFirst && compareCens(last, 0, piece, 0) >= 0) || !isStrictlyAscending(piece)) {
      throw new BatchError('not-ascending', 'CENs are not distinct and ascending');
    }
    visitor.cens?.(piece);
    last.set(piece.subarray(piece.length - CEN_BYTES));
    left -= piece.length;
  }
}

function* parseCompact(
  header: CompactHeader,
  visitor: PayloadVisitor,
  hash: Sha256Stream,
): Generator<number, void, Uint8Array> {
  const table = yield 2 ** header.blockBits * U16_BYTES;
  hash.update(table);
  const lengths = blockLengths(table, header);
  const shape = { remainderBits: header.remainderBits, limit: 2 ** (header.hashBits - header.blockBits) };
  const reader = new BlockReader(shape, visitor);
  let entries = 0;
  for (let block = 0; block < lengths.length;) {
    const group = takeGroup(lengths, block);
    const piece = yield group.bytes;
    hash.update(piece);
    for (let at = 0; block < group.end; block++) {
      const end = at + lengths[block]!;
      entries += reader.read(block, piece.subarray(at, end));
      at = end;
    }
  }
  if (entries !== header.count) throw new BatchError('bad-entry-count', `${entries} entries, ${header.count} declared`);
}

/** The table of block lengths, of which each holds at least its own entry count and all together fill the payload. */
function blockLengths(table: Uint8Array, header: CompactHeader): Uint16Array {
  const view = new DataView(table.buffer, table.byteOffset, table.length);
  const lengths = new Uint16Array(table.length / U16_BYTES);
  let sum = table.length;
  for (let block = 0; block < lengths.length; block++) {
    const length = view.getUint16(block * U16_BYTES, true);
    if (length < U16_BYTES) throw new BatchError('bad-block-length', `block ${block} is ${length} bytes long`);
    lengths[block] = length;
    sum += length;
  }
  if (sum !== header.payloadBytes) {
    throw new BatchError(
      'bad-block-length',
      `table and blocks take ${sum} bytes, the payload has ${header.payloadBytes}`,
    );
  }
  return lengths;
}

/** As many blocks from `first` on as fit in one piece, at least one. */
function takeGroup(lengths: Uint16Array, first: number): { end: number; bytes: number } {
  let end = first + 1;
  let bytes = lengths[first]!;
  while (end < lengths.length && bytes + lengths[end]! <= PIECE_BYTES) bytes += lengths[end++]!;
  return { end, bytes };
}
