import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Key, pssPublicKey, rsaPrivateKey } from '../../platform/keys/index.js';
import { blindSign } from './blind-sign.js';

/** PSS with the salt of RSABSSA-SHA384-PSS (RFC 9474 section 5). */
const SALT_BYTES = 48;

/** A key that issues upload tokens: blind signatures of RFC 9474, RSABSSA-SHA384-PSS-Deterministic. */
export class IssuerKey {
  /** SubjectPublicKeyInfo (DER) that names RSASSA-PSS. */
  readonly publicKey: Buffer;
  /** SHA-256 of the public key: 32 bytes. */
  readonly id: Buffer;
  /** Unix seconds of the wall clock. */
  readonly activeFrom: number;
  /** From when another is current. */
  readonly retiredAt: number | undefined;
  readonly #private: KeyObject;
  readonly #public: KeyObject;
  readonly #modulus: Buffer;

  constructor(key: Pick<Key, 'secret' | 'activeFrom' | 'retiredAt'>) {
    this.#private = rsaPrivateKey(key.secret);
    this.#public = createPublicKey(this.#private);
    this.#modulus = Buffer.from(this.#public.export({ format: 'jwk' }).n!, 'base64url');
    this.publicKey = pssPublicKey(this.#private);
    this.id = createHash('sha256').update(this.publicKey).digest();
    this.activeFrom = key.activeFrom;
    this.retiredAt = key.retiredAt;
  }

  /** By this byte a request names the key. */
  get truncatedId(): number {
    return this.id[this.id.length - 1];
  }

  /** Whether 256 bytes, read as a number, are below the modulus: nothing else can be signed. */
  canSign(blindedMessage: Buffer): boolean {
    return blindedMessage.compare(this.#modulus) < 0;
  }

  /** @throws SigningFault */
  blindSign(blindedMessage: Buffer): Buffer {
    return blindSign(blindedMessage, this.#private, this.#public);
  }

  /** Whether the authenticator of a token is this key's signature over the rest of it (RFC 9578 section 6.4). */
  verifies(input: Buffer, authenticator: Buffer): boolean {
    const key = { key: this.#public, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
    return verify('sha384', input, key, authenticator);
  }
}
