import type { RegionId } from '../../regions/index.js';

/**
 * Bytes of each piece but a file's last: with its row it fills a page of Postgres to the last byte. Part of what is stored: with another
 * size, what is there must be cut anew.
 */
export const PIECE_BYTES = 8108;

/** Values of the column `encoding`, as in the header of a file (protocol section 7): the order in which files are stored. */
export const ENCODING_CODE = { full: 0, compact: 1 } as const;

export const PIECE_COLUMNS = 'slot_start, region, part, encoding, n, bytes';

/** Number of columns, five numbers of 8, 8, 2, 2 and 4 bytes, each after its length, and the length of the bytes. */
const HEAD_BYTES = 2 + (4 + 8) + (4 + 8) + (4 + 2) + (4 + 2) + (4 + 4) + 4;
const NUMBER_AT = HEAD_BYTES - 8;
const LENGTH_AT = HEAD_BYTES - 4;
const ROWS_PER_CHUNK = 128;

/** A file that lies in several places, one after another. What is still in the making is waited for when all before it has gone out. */
export interface NewFile {
  readonly pieces: readonly (Uint8Array | Promise<Uint8Array>)[];
  readonly size: number;
  readonly sha256: Uint8Array | Promise<Uint8Array>;
}

/** What all rows of a file have in common. */
interface FileKey {
  readonly start: number;
  readonly region: RegionId;
  readonly part: number;
  readonly encoding: keyof typeof ENCODING_CODE;
}

/** The rows of a file in the binary format of COPY, some 128 of them at a time: its bytes are copied once, from where they lie. */
export async function* pieceRows(key: FileKey, { pieces, size }: NewFile): AsyncGenerator<Buffer> {
  const head = rowHead(key);
  const source = new PieceReader(pieces);
  for (let from = 0, n = 0; from < size;) {
    const rows = Math.min(ROWS_PER_CHUNK, Math.ceil((size - from) / PIECE_BYTES));
    const bytes = Math.min(rows * PIECE_BYTES, size - from);
    await source.reach(bytes);
    const chunk = Buffer.allocUnsafeSlow(rows * HEAD_BYTES + bytes);
    for (let at = 0; at < chunk.length; n++) {
      const length = Math.min(PIECE_BYTES, size - from);
      head.copy(chunk, at);
      chunk.writeInt32BE(n, at + NUMBER_AT);
      chunk.writeInt32BE(length, at + LENGTH_AT);
      source.copyTo(chunk.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length));
      at += HEAD_BYTES + length;
      from += length;
    }
    yield chunk;
  }
}

/** What each row begins with; number and length of the piece are filled in. */
function rowHead({ start, region, part, encoding }: FileKey): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  let at = head.writeInt16BE(6);
  for (const wide of [BigInt(start), region]) at = head.writeBigInt64BE(wide, head.writeInt32BE(8, at));
  for (const narrow of [part, ENCODING_CODE[encoding]]) at = head.writeInt16BE(narrow, head.writeInt32BE(2, at));
  head.writeInt32BE(4, at);
  return head;
}

/** Bytes that lie in several places, one place after another. */
class PieceReader {
  private readonly places: Uint8Array[] = [];
  /** Bytes in `places` that are not copied yet. */
  private reached = 0;
  /** Of the first place. */
  private copied = 0;
  private next = 0;

  constructor(private readonly pieces: NewFile['pieces']) {}

  /** Waits until so many bytes are there to be copied. */
  async reach(bytes: number): Promise<void> {
    while (this.reached < bytes) {
      const place = await this.pieces[this.next++];
      this.places.push(place);
      this.reached += place.length;
    }
  }

  copyTo(target: Uint8Array): void {
    for (let filled = 0; filled < target.length;) {
      const taken = this.places[0].subarray(this.copied, this.copied + target.length - filled);
      target.set(taken, filled);
      filled += taken.length;
      this.copied += taken.length;
      if (this.copied < this.places[0].length) continue;
      this.places.shift();
      this.copied = 0;
    }
    this.reached -= target.length;
  }
}
