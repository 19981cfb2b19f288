import fc from 'fast-check';
import { generateKey, generateKeyRing } from './generate-key.js';
import type { KeyVersion } from './key.js';
import { KeyRingError } from './key-ring-error.js';
import { parseKeyRing, serializeKeyRing } from './key-ring-format.js';

const ring = generateKeyRing(1_800_000_000);
const secrets = ring.map(({ secret }) => secret!.toString('base64url'));

function refusal(text: string): KeyRingError {
  try {
    parseKeyRing(text);
  } catch (error) {
    return error as KeyRingError;
  }
  throw new Error('was accepted');
}

function changed(index: number, change: Record<string, unknown>): string {
  const document = JSON.parse(serializeKeyRing(ring)) as { version: number; keys: Record<string, unknown>[] };
  document.keys[index] = { ...document.keys[index], ...change };
  return JSON.stringify(document);
}

const at = (purpose: string) => ring.findIndex((version) => version.purpose === purpose);

test('reads back what it wrote', () => {
  expect(parseKeyRing(serializeKeyRing(ring))).toEqual(ring);
});

test('reads back a signing key whose private half is gone', () => {
  const publicHalf: KeyVersion = {
    ...generateKey('batch-signing', { createdAt: 1, activeFrom: 2 }),
    secret: undefined,
  };
  expect(parseKeyRing(serializeKeyRing([publicHalf]))).toEqual([publicHalf]);
});

test.each([
  ['a short secret', changed(at('mint-prf'), { secret: 'AAAA' }), 'keys.1: has a secret that is not 32 bytes'],
  ['no secret', changed(at('mint-prf'), { secret: undefined }), 'keys.1: has no secret'],
  ['an unknown purpose', changed(0, { purpose: 'fun' }), 'keys.0.purpose'],
  ['an id in capitals', changed(0, { id: '00112233AABBCCDD' }), 'keys.0.id: must be 16 lower-case hex digits'],
  ['an unknown field', changed(0, { secrets: [] }), 'keys.0'],
  ['no public half', changed(at('root'), { publicKey: undefined }), 'has no public half'],
  ['halves of two keys', changed(at('root'), { secret: secrets[0] }), 'halves that do not belong together'],
  ['an id that is no thumbprint', changed(at('root'), { id: '0011223344556677' }), 'an id that is not its thumbprint'],
  ['a symmetric public half', changed(0, { publicKey: secrets[1] }), 'is symmetric and has a public half'],
  ['an RSA key that is none', changed(at('token-issuer'), { secret: secrets[0] }), 'is no RSA key of 2048 bits'],
  [
    'an id of another RSA key',
    changed(at('token-issuer'), { id: '0011223344556677' }),
    'an id that is not of its public half',
  ],
  ['an RSA key with a public half', changed(at('token-issuer'), { publicKey: secrets[0] }), 'has a public half'],
  ['an RSA key without its secret', changed(at('token-issuer'), { secret: undefined }), 'has no secret'],
  ['a secret that is no base64url', changed(0, { secret: '+/==' }), 'keys.0.secret: must be base64url'],
  ['a short seed', changed(at('root'), { secret: 'AAAA' }), 'has a secret that is not 32 bytes'],
  ['two keys of one id', changed(1, { id: ring[0]!.id }), 'two keys have the same id'],
  ['another version', '{"version":2,"keys":[]}', 'version'],
  ['no JSON', '{"version":1,', 'it is not JSON'],
])('refuses %s and says where', (_what, text, message) => {
  expect(refusal(text)).toMatchObject({ name: 'KeyRingError', code: 'invalid' });
  expect(refusal(text).message).toContain(message);
});

test('shows no piece of a secret, wherever the file is damaged', () => {
  const text = serializeKeyRing(ring);
  const pieces = secrets.flatMap((secret) => secret.match(/.{8}/g)!);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('', '"', '!', '}', '\\', '5'), (position, inserted) => {
      const damaged = text.slice(0, position) + inserted + text.slice(position + 1);
      let message = '';
      try {
        parseKeyRing(damaged);
      } catch (error) {
        message = `${(error as Error).stack}${JSON.stringify(error)}`;
      }
      expect(pieces.filter((piece) => message.includes(piece))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
