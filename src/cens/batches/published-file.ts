/** A piece of a published file: the file of one batch, or a slice of it. */
export interface FileSegment {
  readonly bytes: number;
  load(): Promise<Buffer>;
  /** Nothing where it would have to be loaded. */
  inMemory(): Buffer | undefined;
}

/** An immutable published file: a batch, or a day bundle as its batches one after another. */
export interface PublishedFile {
  readonly bytes: number;
  /** SHA-256 in hex; the strong ETag is this in quotes. */
  readonly sha256: string;
  readonly segments: readonly FileSegment[];
  /** Unix second from which on nothing may serve or keep it. */
  readonly expiresAt: number;
}

/** The whole of a file of one segment, if it need not be loaded. */
export function wholeInMemory({ bytes, segments }: PublishedFile): Buffer | undefined {
  return segments[0]?.bytes === bytes ? segments[0].inMemory() : undefined;
}

/** The bytes `first` to `last`, both included, one segment's share at a time. */
export async function* readRange({ segments }: PublishedFile, first: number, last: number): AsyncGenerator<Buffer> {
  let start = 0;
  for (const segment of segments) {
    const end = start + segment.bytes;
    if (end > first && start <= last) {
      const bytes = await segment.load();
      yield bytes.subarray(Math.max(0, first - start), last + 1 - start);
    }
    start = end;
  }
}
