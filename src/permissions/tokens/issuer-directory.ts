import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { SignedDocument } from '../../platform/http/index.js';
import { DocumentSigner } from '../../platform/keys/index.js';
import { base64Url } from './challenge.js';
import { IssuerKeys } from './issuer-keys.js';
import { TOKEN_TYPE } from './token-form.js';

export const DIRECTORY_MEDIA_TYPE = 'application/private-token-issuer-directory';

/** RFC 9578 section 4. */
export const issuerDirectory = z
  .object({
    'issuer-request-uri': z.string().meta({ description: 'Absolute; its host is the name of issuer and origin' }),
    'token-keys': z.array(
      z.object({
        'token-type': z.literal(TOKEN_TYPE).meta({ description: 'Blind RSA, 2048 bit' }),
        'token-key': z.string().meta({ description: 'SubjectPublicKeyInfo (RSASSA-PSS), base64url with padding' }),
        'not-before': z.int().meta({ description: 'Unix seconds' }),
      }),
    ),
  })
  .meta({
    example: {
      'issuer-request-uri': 'https://cen.example.org/v1/upload-tokens',
      'token-keys': [
        { 'token-type': TOKEN_TYPE, 'token-key': 'MIIBUjA9BgkqhkiG9w0BAQowMKAN…', 'not-before': 1795471300 },
      ],
    },
  });

/** The keys that issue upload tokens, newest first, signed by the root key: the same for everybody who asks. */
@Injectable()
export class IssuerDirectory {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly clock: DomainClock,
    private readonly signer: DocumentSigner,
    @InjectConfig() private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  read(): SignedDocument {
    const directory: z.output<typeof issuerDirectory> = {
      'issuer-request-uri': new URL('/v1/upload-tokens', this.config.publicUrl).href,
      'token-keys': this.keys.live().map(({ publicKey, activeFrom }) => ({
        'token-type': TOKEN_TYPE,
        'token-key': base64Url(publicKey),
        'not-before': activeFrom,
      })),
    };
    return { ...this.signer.keyList(directory, this.clock.now()), mediaType: DIRECTORY_MEDIA_TYPE };
  }
}
