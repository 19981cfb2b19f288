import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Key } from './key.js';

/** JSON Web Key of a public Ed25519 key (RFC 8037), as `GET /v1/keys` lists it. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** The 32-byte public half of a 32-byte seed (RFC 8032). */
export function publicKeyOf(seed: Buffer): Buffer {
  const jwk = createPublicKey(ed25519PrivateKey({ secret: seed })).export({ format: 'jwk' });
  return Buffer.from(jwk.x!, 'base64url');
}

/** First 8 bytes of the RFC 7638 thumbprint (SHA-256) of a public key, in hex: the key id of files, headers and JWKs. */
export function thumbprintId(publicKey: Buffer): string {
  // RFC 7638 section 3 and RFC 8037 appendix A.3: the required members, in this order, without spaces.
  const canonical = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x: publicKey.toString('base64url') });
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}

export function publicJwk(publicKey: Buffer): PublicJwk {
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    x: publicKey.toString('base64url'),
    kid: thumbprintId(publicKey),
    use: 'sig',
    alg: 'EdDSA',
  };
}

/** The 64-byte Ed25519 signature of a message, by a key of purpose `batch-signing` or `root`. */
export function signWith(key: Pick<Key, 'secret'>, message: Uint8Array): Buffer {
  return sign(null, message, ed25519PrivateKey(key));
}

export function verifyWith(publicKey: Buffer, message: Uint8Array, signature: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') };
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** PKCS #8 prefix of an Ed25519 seed (RFC 8410 section 7): the one form that Node reads without the public half. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same key for node:crypto, which other threads can be given. */
export function ed25519PrivateKey({ secret }: Pick<Key, 'secret'>): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret]), format: 'der', type: 'pkcs8' });
}
