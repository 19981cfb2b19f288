import { createHash } from 'node:crypto';
import { TOKEN_TYPE } from './token-form.js';

/**
 * The one challenge of a deployment (`TokenChallenge`, RFC 9577 section 2.1): its host is issuer and origin, and the redemption
 * context is empty. A challenge of its own for each person, or each day, would tell people apart by their tokens.
 */
export function tokenChallenge(publicUrl: string): Buffer {
  const name = Buffer.from(new URL(publicUrl).host, 'ascii');
  const emptyContext = Buffer.alloc(1);
  return Buffer.concat([uint16(TOKEN_TYPE), uint16(name.length), name, emptyContext, uint16(name.length), name]);
}

/** What a token has of the challenge that it answers. */
export function challengeDigest(challenge: Buffer): Buffer {
  return createHash('sha256').update(challenge).digest();
}

/** The challenge of a 401 (RFC 9577 section 2.1.1): both parameters are base64url with padding. */
export function privateTokenChallenge(challenge: Buffer, publicKey: Buffer): string {
  return `PrivateToken challenge="${base64Url(challenge)}", token-key="${base64Url(publicKey)}"`;
}

/** RFC 4648 section 5 with padding, which Node's leaves out. */
export function base64Url(bytes: Buffer): string {
  const text = bytes.toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
