import { crc32 } from 'node:zlib';
import { newSecret } from '../secret-token.js';

const PREFIX = 'cen_';
const FORM = /^cen_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

/**
 * A new API key: `cen_`, 256 random bits in base64url, and the CRC-32 of these as 8 hex digits, by which scanners for leaked
 * secrets recognise it without asking anybody.
 */
export function newKeyText(): string {
  const secret = newSecret();
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** Whether a text can be an API key at all. */
export function isKeyText(text: string): boolean {
  const [, secret, check] = FORM.exec(text) ?? [];
  return secret !== undefined && checksum(secret) === check;
}

function checksum(secret: string): string {
  return crc32(secret).toString(16).padStart(8, '0');
}
