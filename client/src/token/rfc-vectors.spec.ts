import { rfc9474, rfc9578 } from '../../../test/support/rfc-vectors.js';
import { blind, unblind } from './blind-rsa.js';
import { encodePss, verifyPss } from './pss.js';
import { inverseOf, modulusOf, toBytes, toNumber } from './rsa.js';
import { tokenInput, tokenOf, tokenRequest } from './token-form.js';

/** Gives these in turn instead of random bytes. */
function drawing(...pieces: Uint8Array[]): (length: number) => Uint8Array {
  return (length) => {
    const piece = pieces.shift()!;
    expect(piece).toHaveLength(length);
    return piece;
  };
}

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');

describe('RFC 9474 appendix A.3, RSABSSA-SHA384-PSS-Deterministic', () => {
  const { n, msg, salt, inv, blinded_msg, blind_sig, sig } = rfc9474();
  const modulus = toNumber(n!);

  it('blinds to the same message', () => {
    const factor = toBytes(inverseOf(toNumber(inv!), modulus)!, modulus);
    const { blindedMessage, inverse } = blind(modulus, msg!, drawing(salt!, factor));
    expect(hex(blindedMessage)).toBe(hex(blinded_msg));
    expect(hex(inverse)).toBe(hex(inv));
  });

  it('makes the same signature of the answer', () => {
    expect(hex(unblind(modulus, msg!, blind_sig!, inv!))).toBe(hex(sig));
  });

  it('makes nothing of an answer with a bit more or less, nor for another message', () => {
    const wrong = Uint8Array.from(blind_sig!, (byte, i) => (i === 300 ? byte ^ 4 : byte));
    expect(unblind(modulus, msg!, wrong, inv!)).toBeUndefined();
    expect(unblind(modulus, msg!, blind_sig!.subarray(1), inv!)).toBeUndefined();
    expect(unblind(modulus, msg!.subarray(1), blind_sig!, inv!)).toBeUndefined();
  });

  it('takes an encoding for valid in no bit of which is anything else', () => {
    const encoded = encodePss(msg!, salt!, n!.length);
    expect(verifyPss(msg!, encoded)).toBe(true);
    for (let bit = 0; bit < 8 * encoded.length; bit += 13) {
      const other = Uint8Array.from(encoded);
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(verifyPss(msg!, other)).toBe(false);
    }
  });
});

describe('RFC 9578 appendix A.2', () => {
  const { publicKey, vectors } = rfc9578();

  it.each(vectors.map((vector, i) => [i + 1, vector] as const))('vector %i: same request, same token', (_, vector) => {
    const modulus = modulusOf(publicKey);
    const input = tokenInput(vector.nonce, vector.token_challenge, publicKey);
    const { blindedMessage, inverse } = blind(modulus, input, drawing(vector.salt, vector.blind));
    expect(hex(tokenRequest(publicKey, blindedMessage))).toBe(hex(vector.token_request));
    const signature = unblind(modulus, input, vector.token_response, inverse);
    expect(hex(tokenOf(input, signature!))).toBe(hex(vector.token));
  });

  it('takes the issuer’s key in this form only', () => {
    const changed = (at: number, byte: number) => Uint8Array.from(publicKey, (old, i) => (i === at ? byte : old));
    for (const wrong of [
      publicKey.subarray(1),
      Buffer.concat([publicKey, Buffer.alloc(1)]),
      changed(10, 0),
      changed(publicKey.length - 1, 3),
      changed(publicKey.length - 6, 0),
      changed(publicKey.length - 5 - 256, 0x7f),
    ]) {
      expect(() => modulusOf(wrong)).toThrow(RangeError);
    }
  });
});
