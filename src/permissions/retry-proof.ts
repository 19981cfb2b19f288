import { createHmac } from 'node:crypto';
import type { Key } from '../platform/keys/index.js';

/** Bytes of the key's id, which a proof begins with: it is how rotation knows which keys are still needed. */
export const PROOF_KEY_ID_BYTES = 8;

/** What a report was sent with; its kind is part of the proof, so that one kind never proves another. */
export type ProvenCredential = { readonly kind: 'permission'; readonly number: string } | { readonly kind: 'none' };

/** The proof that a request was accepted: key id ‖ HMAC-SHA-256 of credential and `Idempotency-Key`, 40 bytes. */
export function retryProof(credential: ProvenCredential, idempotencyKey: Buffer, key: Key): Buffer {
  const text = credential.kind === 'permission' ? `permission ${credential.number}` : 'none';
  // A zero byte ends the text, which has none: no two pairs of credential and key give the same input.
  const mac = createHmac('sha256', key.secret).update(`${text}\0`, 'latin1').update(idempotencyKey).digest();
  return Buffer.concat([Buffer.from(key.id, 'hex'), mac]);
}

/** The proofs that a request may be stored as: one for each live key. */
export function retryProofs(credential: ProvenCredential, idempotencyKey: Buffer, keys: readonly Key[]): Buffer[] {
  return keys.map((key) => retryProof(credential, idempotencyKey, key));
}
