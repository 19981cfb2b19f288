import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

const padding = constants.RSA_NO_PADDING;

/** The issuer has made a wrong signature: a broken processor, or somebody who disturbs it. It must not leave. */
export class SigningFault extends Error {
  constructor() {
    super('a blind signature was not what its request asked for');
    this.name = 'SigningFault';
  }
}

/** The raw RSA operations; tests put broken ones in their place. */
export interface RawRsa {
  readonly sign: (key: KeyObject, message: Buffer) => Buffer;
  readonly verify: (key: KeyObject, signature: Buffer) => Buffer;
}

/** OpenSSL's, some 1 ms for 2048 bits: it blinds the private operation of its own accord against those who measure its time. */
const openssl: RawRsa = {
  sign: (key, message) => privateDecrypt({ key, padding }, message),
  verify: (key, signature) => publicEncrypt({ key, padding }, signature),
};

/**
 * `BlindSign` of RFC 9474 section 4.3. Deterministic.
 * @param message as long as the modulus, and below it
 * @throws SigningFault instead of a signature s of which s^e is not the message: one such would give the key away
 */
export function blindSign(message: Buffer, privateKey: KeyObject, publicKey: KeyObject, rsa = openssl): Buffer {
  const signature = rsa.sign(privateKey, message);
  if (!rsa.verify(publicKey, signature).equals(message)) throw new SigningFault();
  return signature;
}
