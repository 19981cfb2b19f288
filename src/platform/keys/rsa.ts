import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

const MODULUS_BITS = 2048;
const PUBLIC_EXPONENT = 65_537;

/** Bytes of the id, which is the end of the hash and not its start: token requests name a key by its last byte. */
const ID_BYTES = 8;

/**
 * What comes before a PKCS #1 public key of 2048 bits in a SubjectPublicKeyInfo with the OID of RSASSA-PSS, SHA-384, MGF1 with
 * SHA-384 and 48 bytes of salt (RFC 4055 section 3.1): the one form that RFC 9578 section 8.2.2 allows.
 */
const PSS_PREFIX = Buffer.from(
  '30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108' +
    '300b0609608648016503040202a2030201300382010f00',
  'hex',
);

/** A new RSA key of 2048 bits with the exponent 65537, as PKCS #8 (DER). Takes some 0.3 s of this thread. */
export function generateRsaSecret(): Buffer {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS, publicExponent: PUBLIC_EXPONENT });
  return privateKey.export({ type: 'pkcs8', format: 'der' });
}

/** @throws an error of node:crypto, or RangeError, unless `secret` is such a key */
export function rsaPrivateKey(secret: Buffer): KeyObject {
  const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa' || modulusLength !== MODULUS_BITS || publicExponent !== BigInt(PUBLIC_EXPONENT))
    throw new RangeError('not an RSA key of 2048 bits with the exponent 65537');
  return key;
}

/** The public half as a SubjectPublicKeyInfo (DER, 342 bytes) that names RSASSA-PSS. */
export function pssPublicKey(privateKey: KeyObject): Buffer {
  return Buffer.concat([PSS_PREFIX, createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' })]);
}

/** The last 8 bytes of the SHA-256 of the public half, in hex. */
export function rsaKeyId(secret: Buffer): string {
  const hash = createHash('sha256')
    .update(pssPublicKey(rsaPrivateKey(secret)))
    .digest();
  return hash.subarray(-ID_BYTES).toString('hex');
}
