import { Injectable } from '@nestjs/common';
import { formatCenSignature, signedDocument } from 'cen-client/encode';
import { KeyRing, signWith } from '../../platform/keys/index.js';

/** Signs documents whose freshness matters, so that an unchanged body keeps its ETag (protocol section 3). */
@Injectable()
export class DocumentSigner {
  constructor(private readonly keys: KeyRing) {}

  /**
   * The value of `CEN-Signature` over `body`, good until `validUntil` (Unix seconds).
   * @param purpose `root` signs the list of keys, `batch-signing` everything else
   */
  sign(purpose: 'root' | 'batch-signing', body: Uint8Array, validUntil: number): string {
    const key = this.keys.current(purpose);
    const signature = signWith(key, signedDocument(validUntil, body));
    return formatCenSignature({ keyId: key.id, validUntil, signature });
  }
}
