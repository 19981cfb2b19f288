import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(process.cwd(), 'test/rfc-vectors', name), 'utf8');

/** RFC 9474 appendix A.3, with its key, of 4096 bits. */
export function rfc9474(): Readonly<Record<string, Buffer>> & { readonly privateKey: KeyObject } {
  const fields = read('rfc9474-pss-deterministic.txt').matchAll(/^(\w+) = ([\da-f\n]+)$/gm);
  const vector: Record<string, Buffer> = Object.fromEntries(
    [...fields].map(([, name, hex]) => [name, Buffer.from(hex!.replaceAll('\n', ''), 'hex')]),
  );
  return { ...vector, privateKey: rsaKey(vector) } as never;
}

interface IssuanceVector {
  readonly token_challenge: Buffer;
  readonly nonce: Buffer;
  readonly blind: Buffer;
  readonly salt: Buffer;
  readonly token_request: Buffer;
  readonly token_response: Buffer;
  readonly token: Buffer;
}

/** RFC 9578 appendix A.2. */
export function rfc9578(): { publicKey: Buffer; privateKey: KeyObject; vectors: IssuanceVector[] } {
  const { skS, pkS, vectors } = JSON.parse(read('rfc9578-blind-rsa.json')) as {
    skS: string;
    pkS: string;
    vectors: Record<string, string>[];
  };
  return {
    publicKey: Buffer.from(pkS, 'hex'),
    privateKey: createPrivateKey(Buffer.from(skS, 'hex').toString('latin1')),
    vectors: vectors.map(
      (vector) =>
        Object.fromEntries(
          Object.entries(vector).map(([name, hex]) => [name, Buffer.from(hex, 'hex')]),
        ) as unknown as IssuanceVector,
    ),
  };
}

/** With what Node wants beside the RFC's numbers: the exponents and the coefficient of the Chinese remainder theorem. */
function rsaKey(vector: Readonly<Record<string, Buffer>>): KeyObject {
  const number = (name: string) => BigInt(`0x${vector[name]!.toString('hex')}`);
  const [p, q, d] = [number('p'), number('q'), number('d')];
  const text = (value: bigint) => {
    const hex = value.toString(16);
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
  };
  const jwk = { n: number('n'), e: number('e'), d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = Object.fromEntries(Object.entries(jwk).map(([name, value]) => [name, text(value)]));
  return createPrivateKey({ key: { kty: 'RSA', ...key }, format: 'jwk' });
}

/** Modulo a prime. */
function inverse(value: bigint, prime: bigint): bigint {
  let result = 1n;
  for (let base = value % prime, exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
}
