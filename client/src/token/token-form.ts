import { sha256 } from '@noble/hashes/sha2.js';
import { copyOf } from '../bytes.js';
import { TOKEN_TYPE } from './directory.js';

const NONCE_BYTES = 32;

/** What the issuer signs (RFC 9578 §6.1): type, nonce, digest of the challenge, id of the key. */
export function tokenInput(nonce: Uint8Array, challenge: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([uint16(TOKEN_TYPE), nonce, sha256(challenge), sha256(publicKey)]);
}

export function newNonce(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

/** The one challenge of a deployment (RFC 9577 §2.1): it is issuer and origin, and the redemption context is empty. */
export function challengeOf(name: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(name);
  return concat([uint16(TOKEN_TYPE), uint16(bytes.length), bytes, new Uint8Array(1), uint16(bytes.length), bytes]);
}

/** `TokenRequest`: type, last byte of the key's id, blinded message. */
export function tokenRequest(publicKey: Uint8Array, blindedMessage: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([uint16(TOKEN_TYPE), sha256(publicKey).subarray(-1), blindedMessage]);
}

/** `Token`: what was signed, and the signature. */
export function tokenOf(input: Uint8Array, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([input, signature]);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return copyOf(Uint8Array.from(parts.flatMap((part) => [...part])));
}
