import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { rfc9474, rfc9578 } from '../../../test/support/rfc-vectors.js';
import { blindSign, SigningFault } from './blind-sign.js';
import { challengeDigest, tokenChallenge } from './challenge.js';
import { IssuerKey } from './issuer-key.js';
import { readToken } from './token-form.js';
import { parseTokenRequest } from './token-request.js';

test('signs blindly as RFC 9474 appendix A.3 does', () => {
  const { privateKey, blinded_msg, blind_sig } = rfc9474();
  expect(blindSign(blinded_msg!, privateKey, createPublicKey(privateKey)).equals(blind_sig!)).toBe(true);
});

describe('RFC 9578 appendix A.2', () => {
  const { publicKey, privateKey, vectors } = rfc9578();
  const key = new IssuerKey({ secret: privateKey.export({ type: 'pkcs8', format: 'der' }), activeFrom: 1 });

  test('publishes the same key', () => expect(key.publicKey.equals(publicKey)).toBe(true));

  test.each(vectors.map((vector, i) => [i + 1, vector] as const))('vector %i: same answer', (_, vector) => {
    const request = parseTokenRequest(vector.token_request, [key], 2);
    expect(request.key.blindSign(request.blindedMessage).equals(vector.token_response)).toBe(true);
  });

  test.each(vectors.map((vector, i) => [i + 1, vector] as const))('vector %i: the token is valid', (_, vector) => {
    const token = readToken(vector.token)!;
    expect(token).toMatchObject({ type: 2, keyId: key.id, challengeDigest: challengeDigest(vector.token_challenge) });
    expect(key.verifies(token.input, token.authenticator)).toBe(true);
    expect(key.verifies(Buffer.concat([token.input, Buffer.alloc(1)]), token.authenticator)).toBe(false);
    expect(key.verifies(token.input, Buffer.from(token.authenticator).fill(7, 100, 101))).toBe(false);
  });

  test('the challenge without a context is of the form of vector 2', () => {
    // There issuer and origin are two, of fourteen letters each.
    const [, second] = vectors;
    const ours = tokenChallenge('https://issuer.example/');
    expect(ours.subarray(0, 19).equals(second!.token_challenge.subarray(0, 19))).toBe(true);
    expect(ours).toHaveLength(second!.token_challenge.length);
  });
});

test('a wrong signature does not leave: it would give the key away', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const message = Buffer.alloc(256, 7);
  const faulty = {
    sign: () => Buffer.alloc(256, 9),
    verify: (_: unknown, signature: Buffer) => signature,
  };
  expect(() => blindSign(message, privateKey, publicKey, faulty)).toThrow(SigningFault);
});
