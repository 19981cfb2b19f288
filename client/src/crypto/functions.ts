/**
 * The cryptography that the codec is given: Node's own on the server, pure JavaScript in a browser. All are deterministic
 * and leave their arguments as they were.
 */

/** SHA-256 of the whole input: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** SHA-256 of bytes that come piece by piece. */
export interface Sha256Stream {
  update(bytes: Uint8Array): unknown;
  /** Ends the stream: 32 bytes. */
  digest(): Uint8Array;
}

/** AES-128 in ECB mode without padding: encrypts each 16-byte block of `blocks` under the 16-byte `key`. */
export type EcbEncrypt = (key: Uint8Array, blocks: Uint8Array) => Uint8Array;

/** `length` bytes from a cryptographically secure generator. */
export type RandomBytes = (length: number) => Uint8Array;
