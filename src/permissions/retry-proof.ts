import { createHmac } from 'node:crypto';
import type { Key } from '../platform/keys/index.js';

/** Bytes of the key's id, which a proof begins with: it is how rotation knows which keys are still needed. */
export const PROOF_KEY_ID_BYTES = 8;

/** What a request was sent with; its kind is part of the proof, so that one kind never proves another. */
export type ProvenCredential =
  /** A number, spent on a report or on an upload token. */
  | { readonly kind: 'permission' | 'issuance'; readonly number: string }
  /** An upload token, by its digest. */
  | { readonly kind: 'token'; readonly digest: Buffer }
  | { readonly kind: 'none' };

/**
 * The proof that a request was accepted: key id ‖ HMAC-SHA-256 of credential and request, 40 bytes.
 * @param request its `Idempotency-Key`; of a token request, all of it
 */
export function retryProof(credential: ProvenCredential, request: Buffer, key: Key): Buffer {
  // A zero byte ends the text, which has none: no two pairs of credential and request give the same input.
  const mac = createHmac('sha256', key.secret)
    .update(`${textOf(credential)}\0`, 'latin1')
    .update(request)
    .digest();
  return Buffer.concat([Buffer.from(key.id, 'hex'), mac]);
}

function textOf(credential: ProvenCredential): string {
  switch (credential.kind) {
    case 'permission':
    case 'issuance':
      return `${credential.kind} ${credential.number}`;
    case 'token':
      return `token ${credential.digest.toString('hex')}`;
    case 'none':
      return 'none';
  }
}

/** The proofs that a request may be stored as: one for each live key. */
export function retryProofs(credential: ProvenCredential, request: Buffer, keys: readonly Key[]): Buffer[] {
  return keys.map((key) => retryProof(credential, request, key));
}
