import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { IssuerKey } from './issuer-key.js';
import { parseTokenRequest } from './token-request.js';

const HOUR = 3600;
const RETIRED_AT = 1_800_000_000;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
const key = new IssuerKey({ secret, activeFrom: 1 });
const modulus = Buffer.from(privateKey.export({ format: 'jwk' }).n!, 'base64url');

const requestOf = (message: Buffer) => Buffer.concat([Buffer.from([0, 2, key.truncatedId]), message]);
const refused = (bytes: Buffer, keys = [key], now = 2) =>
  expect(() => parseTokenRequest(bytes, keys, now)).toThrow(expect.objectContaining({ code: 'invalid-token-request' }));

test('takes every number below the modulus and none above', () => {
  const below = Buffer.from(modulus);
  below[255]! -= 1;
  expect(parseTokenRequest(requestOf(below), [key], 2).blindedMessage.equals(below)).toBe(true);
  expect(parseTokenRequest(requestOf(Buffer.alloc(256)), [key], 2).key).toBe(key);
  refused(requestOf(modulus));
  refused(requestOf(Buffer.alloc(256, 0xff)));
});

test('refuses whatever has another length, type or key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      fc.pre(bytes.length !== 259);
      refused(Buffer.from(bytes));
    }),
  );
  fc.assert(
    fc.property(fc.nat(2), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = requestOf(Buffer.alloc(256, 1));
      bytes[at]! ^= change;
      refused(bytes);
    }),
  );
});

test('a retired key signs for 73 hours more, so that a token of it is good for four days at least', () => {
  const retired = new IssuerKey({ secret, activeFrom: 1, retiredAt: RETIRED_AT });
  const request = requestOf(Buffer.alloc(256, 1));
  expect(parseTokenRequest(request, [retired], RETIRED_AT + 73 * HOUR - 1).key).toBe(retired);
  refused(request, [retired], RETIRED_AT + 73 * HOUR);
});

test('signs what it has read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 255, maxLength: 255 }), (rest) => {
      const { blindedMessage } = parseTokenRequest(requestOf(Buffer.concat([Buffer.alloc(1), rest])), [key], 2);
      expect(key.blindSign(blindedMessage)).toHaveLength(256);
    }),
    { numRuns: 20 },
  );
});
