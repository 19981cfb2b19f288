import { createHash } from 'node:crypto';
import { CEN_BYTES } from './report.js';

const DOMAIN = Buffer.from('CEN1', 'latin1');

/** The CENs of packed secrets: the first 16 bytes of SHA-256("CEN1" ‖ s) each (protocol section 4). */
export function censOfPreimages(secrets: Uint8Array): Uint8Array {
  const cens = new Uint8Array(secrets.length);
  for (let at = 0; at < secrets.length; at += CEN_BYTES) {
    const digest = createHash('sha256')
      .update(DOMAIN)
      .update(secrets.subarray(at, at + CEN_BYTES))
      .digest();
    cens.set(digest.subarray(0, CEN_BYTES), at);
  }
  return cens;
}
