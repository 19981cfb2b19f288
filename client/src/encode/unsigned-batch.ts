import { writeHeader } from '../batch/header.js';
import type { BatchHeader } from '../batch/header.js';
import { HEADER_BYTES, SIGNATURE_BYTES } from '../batch/shape.js';
import type { Sha256 } from '../crypto/functions.js';

/** A batch file that lacks only its signature. */
export interface UnsignedBatch<Header extends BatchHeader = BatchHeader> {
  readonly header: Header;
  /** header ‖ payload ‖ 64 zero bytes, where `withSignature` puts the signature. */
  readonly file: Uint8Array;
  /** The 96 bytes to sign with Ed25519: header ‖ SHA-256(payload). */
  readonly toSign: Uint8Array;
}

/** A file of the right size for `payloadBytes`, with the payload's place in it, so that nothing is copied later. */
export function allocateFile(payloadBytes: number): { file: Uint8Array; payload: Uint8Array } {
  const file = new Uint8Array(HEADER_BYTES + payloadBytes + SIGNATURE_BYTES);
  return { file, payload: file.subarray(HEADER_BYTES, HEADER_BYTES + payloadBytes) };
}

/** Writes the header in front of a finished payload. */
export function unsignedBatch<Header extends BatchHeader>(file: Uint8Array, header: Header, sha256: Sha256) {
  writeHeader(file, header);
  const payload = file.subarray(HEADER_BYTES, HEADER_BYTES + header.payloadBytes);
  return { header, file, toSign: signedBytes(file.subarray(0, HEADER_BYTES), sha256(payload)) };
}

/** The bytes that a batch's signature is over. */
export function signedBytes(header: Uint8Array, payloadHash: Uint8Array): Uint8Array {
  const message = new Uint8Array(header.length + payloadHash.length);
  message.set(header);
  message.set(payloadHash, header.length);
  return message;
}

/**
 * The finished file. Puts the signature into `batch.file` and returns that same array: a batch of 2^23 CENs is 128 MiB.
 * Throws RangeError unless `signature` is 64 bytes.
 */
export function withSignature(batch: UnsignedBatch, signature: Uint8Array): Uint8Array {
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError('an Ed25519 signature is 64 bytes');
  batch.file.set(signature, batch.file.length - SIGNATURE_BYTES);
  return batch.file;
}
