import { createCipheriv, createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fromBase64Url } from '../bytes.js';
import { encodeCompact, encodeFull, sortUnique, withSignature } from '../encode/index.js';
import type { BatchEncoding, BatchMeta, CompactOptions, UnsignedBatch } from '../encode/index.js';
import { ed25519KeyId } from '../documents/key-id.js';

/** Stands in for the server in specs: seals batches with Node's cryptography, as the server does. */

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export function aesEcb(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  cipher.setAutoPadding(false);
  return cipher.update(blocks);
}

export interface TestKey {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** The same Ed25519 key for the same name. */
export function testKey(name: string): TestKey {
  const seed = createHash('sha256').update(name).digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret: KeyObject = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = fromBase64Url(createPublicKey(secret).export({ format: 'jwk' }).x!);
  return { keyId: ed25519KeyId(publicKey, sha256), publicKey, sign: (message) => sign(null, message, secret) };
}

export const signingKey = testKey('signing');

/** A batch of the world that was sealed on time. */
export const meta: BatchMeta = {
  region: 0n,
  slotStart: 1_790_000_000 - (1_790_000_000 % 3600),
  slotSeconds: 3600,
  sealedAt: 1_790_000_000 - (1_790_000_000 % 3600) + 3600,
  part: 0,
  keyId: signingKey.keyId,
};

/** A moment at which nothing sealed by `meta` is in the future. */
export const now = meta.sealedAt + 60;

export function randomCens(count: number): Uint8Array {
  return sortUnique(randomBytes(16 * count));
}

export const compactOptions: CompactOptions = { sha256, aesEcb, randomBytes };

export interface SealOptions extends Partial<BatchMeta> {
  readonly remainderBits?: 40 | 32;
  readonly key?: TestKey;
}

/** A complete, signed file of the given CENs (sorted, distinct). */
export function seal(encoding: BatchEncoding, cens: Uint8Array, options: SealOptions = {}): Uint8Array {
  const { remainderBits, key = signingKey, ...changes } = options;
  const about = { ...meta, keyId: key.keyId, ...changes };
  const batch: UnsignedBatch =
    encoding === 'full'
      ? encodeFull(about, cens, { sha256 })
      : encodeCompact(about, cens, { ...compactOptions, ...(remainderBits && { remainderBits }) });
  return withSignature(batch, key.sign(batch.toSign));
}

/** Signs a file anew after its header or payload was changed, so that only what was changed is wrong. */
export function resign(file: Uint8Array, key: TestKey = signingKey): Uint8Array {
  const message = Buffer.concat([file.subarray(0, 64), sha256(file.subarray(64, file.length - 64))]);
  file.set(key.sign(message), file.length - 64);
  return file;
}

/** Pieces of `size` bytes, as a download would bring them. */
export async function* inPieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}
