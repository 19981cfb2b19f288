import { fromBase64Url, toBase64Url } from '../bytes.js';
import { SIGNATURE_BYTES } from '../batch/shape.js';

/** The response header that signs indexes and keys (protocol §3). */
export const CEN_SIGNATURE_HEADER = 'CEN-Signature';

/** `CEN-Signature: <key id>:<validUntil>:<signature>`, taken apart. */
export interface CenSignature {
  /** 16 lower-case hex digits. */
  readonly keyId: string;
  /** Unix seconds. The signature is no longer good after it. */
  readonly validUntil: number;
  /** Ed25519 over `signedDocument(validUntil, body)`. */
  readonly signature: Uint8Array;
}

/** The bytes that the signature of a document is over: `<validUntil>`, a newline, then the body. */
export function signedDocument(validUntil: number, body: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`${validUntil}\n`);
  const message = new Uint8Array(prefix.length + body.length);
  message.set(prefix);
  message.set(body, prefix.length);
  return message;
}

/** The header's value. */
export function formatCenSignature({ keyId, validUntil, signature }: CenSignature): string {
  return `${keyId}:${validUntil}:${toBase64Url(signature)}`;
}

/** The inverse of `formatCenSignature`; undefined for anything else. */
export function parseCenSignature(value: string): CenSignature | undefined {
  const parts = /^([0-9a-f]{16}):(0|[1-9]\d{0,11}):([\w-]{86})$/.exec(value);
  if (!parts) return undefined;
  try {
    const signature = fromBase64Url(parts[3]!);
    return signature.length === SIGNATURE_BYTES
      ? { keyId: parts[1]!, validUntil: Number(parts[2]), signature }
      : undefined;
  } catch {
    return undefined;
  }
}
