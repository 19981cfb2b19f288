import { z } from 'zod';
import { publicKeyOf, thumbprintId } from './ed25519.js';
import type { KeyVersion } from './key.js';
import { KeyRingError } from './key-ring-error.js';
import { KEY_POLICIES, PURPOSES, SECRET_BYTES } from './purposes.js';
import { rsaKeyId } from './rsa.js';

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url without padding')
  .transform((text) => Buffer.from(text, 'base64url'));

const base64url32 = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url without padding')
  .transform((text) => Buffer.from(text, 'base64url'));

const unixSeconds = z.number().int().nonnegative();

const storedKey = z
  .strictObject({
    purpose: z.enum(PURPOSES),
    id: z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 lower-case hex digits'),
    createdAt: unixSeconds,
    activeFrom: unixSeconds,
    secret: base64url.optional(),
    publicKey: base64url32.optional(),
  })
  .transform((stored, context): KeyVersion => {
    const problem = keyProblem(stored);
    if (problem !== undefined) {
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    }
    return stored;
  });

const storedRing = z
  .strictObject({ version: z.literal(1), keys: z.array(storedKey) })
  .refine(({ keys }) => new Set(keys.map((key) => key.id)).size === keys.length, 'two keys have the same id');

/**
 * Reads the text of a key ring file.
 * @throws KeyRingError `invalid`, listing every mistake by its place, never by its value.
 */
export function parseKeyRing(text: string): KeyVersion[] {
  const result = storedRing.safeParse(parseJson(text));
  if (result.success) return result.data.keys;
  const mistakes = result.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new KeyRingError('invalid', `The key ring is not valid: ${mistakes.join('; ')}`);
}

export function serializeKeyRing(versions: readonly KeyVersion[]): string {
  const keys = versions.map(({ secret, publicKey, ...visible }) => ({
    ...visible,
    secret: secret?.toString('base64url'),
    publicKey: publicKey?.toString('base64url'),
  }));
  return `${JSON.stringify({ version: 1, keys }, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes the text around the mistake, which may be a secret.
    throw new KeyRingError('invalid', 'The key ring is not valid: it is not JSON');
  }
}

function keyProblem(version: KeyVersion): string | undefined {
  switch (KEY_POLICIES[version.purpose].algorithm) {
    case 'hmac':
    case 'aes':
      return symmetricProblem(version);
    case 'ed25519':
      return ed25519Problem(version);
    case 'rsa':
      return rsaProblem(version);
  }
}

const WRONG_LENGTH = `has a secret that is not ${SECRET_BYTES} bytes`;

function symmetricProblem({ secret, publicKey }: KeyVersion): string | undefined {
  if (secret === undefined) return 'has no secret';
  if (secret.length !== SECRET_BYTES) return WRONG_LENGTH;
  return publicKey === undefined ? undefined : 'is symmetric and has a public half';
}

function ed25519Problem({ id, secret, publicKey }: KeyVersion): string | undefined {
  if (publicKey === undefined) return 'has no public half';
  if (secret !== undefined && secret.length !== SECRET_BYTES) return WRONG_LENGTH;
  if (secret !== undefined && !publicKeyOf(secret).equals(publicKey)) return 'has halves that do not belong together';
  return thumbprintId(publicKey) === id ? undefined : 'has an id that is not its thumbprint';
}

function rsaProblem({ id, secret, publicKey }: KeyVersion): string | undefined {
  if (secret === undefined) return 'has no secret';
  if (publicKey !== undefined) return 'has a public half, which its secret holds already';
  try {
    return rsaKeyId(secret) === id ? undefined : 'has an id that is not of its public half';
  } catch {
    // Whatever OpenSSL says of it.
    return 'is no RSA key of 2048 bits';
  }
}
