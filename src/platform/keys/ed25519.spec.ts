import { publicJwk, publicKeyOf, signWith, thumbprintId, verifyWith } from './ed25519.js';
import { generateKey } from './generate-key.js';
import { usableKey } from './key.js';

// RFC 8037 appendix A: the key pair of RFC 8032 test 1, its JWK and its thumbprint.
const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

test('derives the public half of RFC 8037 A.1', () => {
  expect(publicKeyOf(seed).toString('base64url')).toBe(x);
});

test('identifies a key by the first 8 bytes of the thumbprint of RFC 8037 A.3', () => {
  const thumbprint = Buffer.from('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'base64url');
  expect(thumbprintId(Buffer.from(x, 'base64url'))).toBe(thumbprint.subarray(0, 8).toString('hex'));
});

test('exports the public half as a JWK', () => {
  expect(publicJwk(publicKeyOf(seed))).toEqual({
    kty: 'OKP',
    crv: 'Ed25519',
    x,
    kid: '90facafea9b15566',
    use: 'sig',
    alg: 'EdDSA',
  });
});

test('signs the empty message as RFC 8032 test 1 does', () => {
  const key = usableKey(
    { ...generateKey('batch-signing', { createdAt: 0, activeFrom: 0 }), secret: seed, publicKey: publicKeyOf(seed) },
    undefined,
  );
  const signature = signWith(key, Buffer.alloc(0));
  expect(signature.toString('hex')).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  );
  expect(verifyWith(key.publicKey!, Buffer.alloc(0), signature)).toBe(true);
  expect(verifyWith(key.publicKey!, Buffer.from([0]), signature)).toBe(false);
});
