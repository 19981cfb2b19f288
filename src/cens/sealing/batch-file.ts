import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  type BatchMeta,
  encodeCompact,
  frameFull,
  MAX_CENS,
  type RemainderBits,
  SIGNATURE_BYTES,
  sortUnique,
  withSignature,
} from 'cen-client/encode';
import { CEN_BYTES } from '../reports/report.js';
import { codecCrypto } from './codec-crypto.js';
import { decoysFor } from './decoys.js';

/** A signed file as it is stored and served. */
export interface SignedFile {
  /** One after another, so that the CENs need no copy. */
  readonly pieces: readonly Uint8Array[];
  /** Of all pieces. */
  readonly size: number;
  /** SHA-256 of all pieces. */
  readonly sha256: Uint8Array;
}

/** A file whose CENs can be stored while the rest of it is made. */
export interface FileBegin {
  /** All but the signature. */
  readonly pieces: readonly Uint8Array[];
  /** Of the whole file. */
  readonly size: number;
}

/** What comes after a {@link FileBegin}. */
export interface FileEnd {
  readonly signature: Uint8Array;
  /** Of the whole file. */
  readonly sha256: Uint8Array;
}

/** One part of a region's batch. */
export interface BatchPart<Full> {
  readonly part: number;
  readonly count: number;
  /** Absent where the deployment does not publish the full encoding. */
  readonly full: Full | undefined;
}

/** A part of which all that takes time is made when it is asked for: its full file can be stored meanwhile. */
export interface UnfinishedPart extends BatchPart<FileBegin & { readonly end: () => FileEnd }> {
  readonly compact: () => SignedFile;
}

/** What the batches of one sealing have in common. */
export interface BatchOrder {
  readonly meta: Omit<BatchMeta, 'part' | 'keyId'>;
  /** Packed CENs, 16 bytes each, distinct and ascending: what `sortUnique` gives. */
  readonly sorted: Uint8Array;
  /** Decoys up to this many CENs; 0 for none. */
  readonly fillUpTo: number;
  readonly cenShape: 'random' | 'uuid4';
  readonly remainderBits: RemainderBits;
  readonly publishFull: boolean;
  readonly signingKey: SigningKey;
}

/** A key of purpose `batch-signing`, in the form that goes from thread to thread. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** Makes at once what is still to be made of a part. */
export function finished({
  part,
  count,
  full,
  compact,
}: UnfinishedPart): BatchPart<SignedFile> & { compact: SignedFile } {
  return { part, count, full: full && ended(full, full.end()), compact: compact() };
}

function ended({ pieces, size }: FileBegin, { signature, sha256 }: FileEnd): SignedFile {
  return { pieces: [...pieces, signature], size, sha256 };
}

/**
 * Fills, splits, encodes and signs the CENs of one region and slot (protocol sections 7 and 8), one part when it is asked
 * for: the files of a part are 21 bytes a CEN, and gone before the next ones are made.
 */
export function* buildBatchFiles(order: BatchOrder): Generator<UnfinishedPart, void, undefined> {
  const { sorted, fillUpTo: minBatchCens, cenShape } = order;
  const decoys = decoysFor(sorted.length / CEN_BYTES, { minBatchCens, cenShape });
  const filled = decoys.length === 0 ? sorted : sortUnique([sorted, decoys]);
  for (const [part, cens] of equalRanges(filled).entries()) yield buildPart(order, cens, part);
}

/** As few parts as the format allows, equal ranges of the ascending CENs. */
export function equalRanges(sorted: Uint8Array, maxCens = MAX_CENS): Uint8Array[] {
  const count = sorted.length / CEN_BYTES;
  const parts = Math.ceil(count / maxCens);
  const bound = (part: number) => Math.floor((part * count) / parts) * CEN_BYTES;
  return Array.from({ length: parts }, (_, part) => sorted.subarray(bound(part), bound(part + 1)));
}

function buildPart(order: BatchOrder, cens: Uint8Array, part: number): UnfinishedPart {
  const meta: BatchMeta = { ...order.meta, part, keyId: order.signingKey.id };
  return {
    part,
    count: cens.length / CEN_BYTES,
    full: order.publishFull ? beginFull(meta, cens, order.signingKey) : undefined,
    compact: () => compactFile(meta, cens, order),
  };
}

function compactFile(meta: BatchMeta, cens: Uint8Array, { remainderBits, signingKey }: BatchOrder): SignedFile {
  const compact = encodeCompact(meta, cens, { ...codecCrypto, remainderBits });
  return signedFile([withSignature(compact, signature(compact.toSign, signingKey))]);
}

function beginFull(meta: BatchMeta, cens: Uint8Array, key: SigningKey): UnfinishedPart['full'] {
  const { head, toSign } = frameFull(meta, cens, codecCrypto);
  const pieces = [head, cens];
  const end = (): FileEnd => {
    const last = signature(toSign(), key);
    return { signature: last, sha256: hashOf([...pieces, last]) };
  };
  return { pieces, size: lengthOf(pieces) + SIGNATURE_BYTES, end };
}

function signature(toSign: Uint8Array, { privateKey }: SigningKey): Uint8Array {
  return sign(null, toSign, privateKey);
}

function signedFile(pieces: readonly Uint8Array[]): SignedFile {
  return { pieces, size: lengthOf(pieces), sha256: hashOf(pieces) };
}

function hashOf(pieces: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
