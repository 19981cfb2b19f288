import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import type { SignedDocument } from '../../platform/http/index.js';
import { DocumentSigner, KeyRing } from '../../platform/keys/index.js';

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
    return this.signer.keyList(this.keys.publicKeys(), this.clock.now());
  }
}
