import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 random bits in base64url, 43 characters: for cookies, one-time links and API keys. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * What the database keeps of a secret that this server drew: plain SHA-256 is enough, because nobody can try 2^256 of them
 * (OWASP Session Management; passwords get Argon2id).
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
