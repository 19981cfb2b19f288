import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import { KEYS_MAX_AGE_SECONDS, KeyRing } from '../../platform/keys/index.js';
import { DocumentSigner } from './document-signer.js';
import type { SignedDocument } from './send-document.js';

const HOUR_SECONDS = 3600;
/** A list of keys is good for a day: whoever withholds a newer one from phones cannot do so for longer. */
const VALIDITY_SECONDS = 24 * HOUR_SECONDS;

/** JWKS (RFC 7517) of Ed25519 keys (RFC 8037). */
export const keyList = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        use: z.literal('sig'),
        alg: z.literal('EdDSA'),
      }),
    ),
  })
  .meta({
    example: {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          kid: '90facafea9b1556a',
          use: 'sig',
          alg: 'EdDSA',
        },
      ],
    },
  });

/** The keys that sign batches and indexes, signed by the root key. */
@Injectable()
export class KeyList {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: DomainClock,
    private readonly signer: DocumentSigner,
  ) {}

  read(): SignedDocument {
    const body = Buffer.from(JSON.stringify(this.keys.publicKeys()));
    const hour = Math.ceil(this.clock.now() / HOUR_SECONDS) * HOUR_SECONDS;
    return {
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      signature: this.signer.sign('root', body, hour + VALIDITY_SECONDS),
      maxAge: KEYS_MAX_AGE_SECONDS,
    };
  }
}
