import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  type BatchMeta,
  encodeCompact,
  frameFull,
  MAX_CENS,
  type RemainderBits,
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

/** One part of a region's batch. */
export interface BatchPart {
  readonly part: number;
  readonly count: number;
  /** Absent where the deployment does not publish the full encoding. */
  readonly full: SignedFile | undefined;
}

/** A part whose compact file is made when it is asked for: by far most of the work, and the full one can be stored meanwhile. */
export interface UnfinishedPart extends BatchPart {
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
    full: order.publishFull ? fullFile(meta, cens, order.signingKey) : undefined,
    compact: () => compactFile(meta, cens, order),
  };
}

function compactFile(meta: BatchMeta, cens: Uint8Array, { remainderBits, signingKey }: BatchOrder): SignedFile {
  const compact = encodeCompact(meta, cens, { ...codecCrypto, remainderBits });
  return signedFile([withSignature(compact, signature(compact.toSign, signingKey))]);
}

function fullFile(meta: BatchMeta, cens: Uint8Array, key: SigningKey): SignedFile {
  const { head, toSign } = frameFull(meta, cens, codecCrypto);
  return signedFile([head, cens, signature(toSign, key)]);
}

function signature(toSign: Uint8Array, { privateKey }: SigningKey): Uint8Array {
  return sign(null, toSign, privateKey);
}

function signedFile(pieces: readonly Uint8Array[]): SignedFile {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return { pieces, size: pieces.reduce((sum, { length }) => sum + length, 0), sha256: hash.digest() };
}
