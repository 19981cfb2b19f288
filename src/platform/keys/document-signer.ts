import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { formatCenSignature, signedDocument } from 'cen-client/encode';
import type { SignedDocument } from '../http/index.js';
import { signWith } from './ed25519.js';
import { KeyRing } from './key-ring.js';
import { KEYS_MAX_AGE_SECONDS } from './purposes.js';

const HOUR_SECONDS = 3600;
/** A list of keys is good for a day: whoever withholds a newer one from phones cannot do so for longer. */
const KEY_LIST_VALIDITY_SECONDS = 24 * HOUR_SECONDS;

/** Signs documents whose freshness matters, so that an unchanged body keeps its ETag (protocol section 3). */
@Injectable()
export class DocumentSigner {
  constructor(private readonly keys: KeyRing) {}

  /**
   * The value of `CEN-Signature` over `body`, good until `validUntil` (Unix seconds).
   * @param purpose `root` signs lists of keys, `batch-signing` everything else
   */
  sign(purpose: 'root' | 'batch-signing', body: Uint8Array, validUntil: number): string {
    const key = this.keys.current(purpose);
    const signature = signWith(key, signedDocument(validUntil, body));
    return formatCenSignature({ keyId: key.id, validUntil, signature });
  }

  /** A list of keys, signed by the root key for a day from the next full hour on. @param now Unix seconds */
  keyList(content: object, now: number): SignedDocument {
    const body = Buffer.from(JSON.stringify(content));
    const hour = Math.ceil(now / HOUR_SECONDS) * HOUR_SECONDS;
    return {
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      signature: this.sign('root', body, hour + KEY_LIST_VALIDITY_SECONDS),
      maxAge: KEYS_MAX_AGE_SECONDS,
    };
  }
}
