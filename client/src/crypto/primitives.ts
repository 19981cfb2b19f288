import { ecb } from '@noble/ciphers/aes.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { EcbEncrypt, Sha256Stream } from './functions.js';

/** The cryptography that reading batches takes. An app may bring its platform's own, which is faster. */
export interface Primitives {
  readonly sha256: () => Sha256Stream;
  readonly aesEcb: EcbEncrypt;
  /** Whether `signature` (64 bytes) is an Ed25519 signature of `publicKey` (32 bytes) over `message`. Does not throw. */
  readonly verifyEd25519: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;
}

/** Audited JavaScript (noble), the same everywhere: WebCrypto has neither ECB nor a streaming SHA-256. */
export const portablePrimitives: Primitives = {
  sha256: () => sha256.create(),
  aesEcb: (key, blocks) => ecb(key, { disablePadding: true }).encrypt(blocks),
  verifyEd25519: (signature, message, publicKey) => {
    try {
      // RFC 8032 as written; ZIP 215 is for consensus between implementations.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

/** The little of `node:crypto` that is used where a JavaScript engine offers it; nothing is imported. */
interface NativeCrypto {
  createHash(algorithm: 'sha256'): Sha256Stream;
  createCipheriv(
    algorithm: 'aes-128-ecb',
    key: Uint8Array,
    iv: null,
  ): { setAutoPadding(padding: boolean): unknown; update(blocks: Uint8Array): Uint8Array };
}

interface BuiltinModules {
  getBuiltinModule?(name: string): unknown;
}

/**
 * The default: `portablePrimitives`, with SHA-256 and AES from the engine where it has them (Node, Deno and Bun answer
 * `process.getBuiltinModule`), which reads a large batch ten times as fast.
 */
export const defaultPrimitives: Primitives = accelerated(
  (globalThis as { process?: BuiltinModules }).process?.getBuiltinModule?.('crypto') as NativeCrypto | undefined,
);

function accelerated(native: NativeCrypto | undefined): Primitives {
  if (!native) return portablePrimitives;
  return {
    ...portablePrimitives,
    sha256: () => native.createHash('sha256'),
    aesEcb: (key, blocks) => {
      const cipher = native.createCipheriv('aes-128-ecb', key, null);
      cipher.setAutoPadding(false);
      return cipher.update(blocks);
    },
  };
}
