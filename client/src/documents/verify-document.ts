import type { FindKey } from '../batch/read-batch.js';
import type { Primitives } from '../crypto/primitives.js';
import { parseCenSignature, signedDocument } from './cen-signature.js';
import { DocumentError } from './document-error.js';

export interface DocumentTrust {
  readonly findKey: FindKey;
  /** Unix seconds. */
  readonly now: number;
  readonly primitives: Pick<Primitives, 'verifyEd25519'>;
}

/**
 * Checks the `CEN-Signature` header of an index or of the keys over the exact bytes of the body (protocol §3). Throws
 * DocumentError unless a trusted key signed them and the signature has not run out.
 */
export async function verifyDocument(body: Uint8Array, header: string | null, trust: DocumentTrust): Promise<void> {
  const signed = header === null ? undefined : parseCenSignature(header);
  if (!signed) throw new DocumentError('unsigned', 'no usable CEN-Signature header');
  if (signed.validUntil < trust.now) {
    throw new DocumentError('expired-signature', `valid until ${signed.validUntil}, now ${Math.floor(trust.now)}`);
  }
  const publicKey = await trust.findKey(signed.keyId);
  if (!publicKey) throw new DocumentError('unknown-key', `no trusted key ${signed.keyId}`);
  const message = signedDocument(signed.validUntil, body);
  if (!trust.primitives.verifyEd25519(signed.signature, message, publicKey)) {
    throw new DocumentError('bad-signature', `not signed by key ${signed.keyId}`);
  }
}
