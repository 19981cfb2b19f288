import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import { KeyRing, signWith, verifyWith } from '../../platform/keys/index.js';
import type { ChainHead } from './audit-entry.js';
import { AuditRepository } from './audit.repository.js';
import { canonicalJson } from './canonical-json.js';

/** Keeps these signatures apart from everything else that is ever signed. */
const CONTEXT = 'CEN audit head\n';

/** The last link of the log, signed: kept elsewhere, it shows later that nothing up to it was changed. */
export const signedHead = z
  .object({
    seq: z.int().min(0),
    hash: z.hex().length(64),
    signedAt: z.int(),
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    publicKey: z.base64url(),
    signature: z.base64url(),
  })
  .meta({
    example: {
      seq: 1204,
      hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      signedAt: 1930910400,
      keyId: '0123456789abcdef',
      publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      signature: 'base64url of 64 bytes: Ed25519 over "CEN audit head", a newline and {"hash":…,"seq":…,"signedAt":…}',
    },
  });

export type SignedHead = z.output<typeof signedHead>;

/** Signs heads with the audit-signing key of the ring, which the database's owner does not have. */
@Injectable()
export class AuditHead {
  constructor(
    private readonly repository: AuditRepository,
    private readonly keys: KeyRing,
    private readonly clock: DomainClock,
  ) {}

  async sign(): Promise<SignedHead> {
    const { seq, hash } = await this.repository.head();
    const head = { seq, hash: hash.toString('hex'), signedAt: Math.floor(this.clock.now()) };
    const key = this.keys.current('audit-signing');
    const signature = signWith(key, messageOf(head)).toString('base64url');
    return { ...head, keyId: key.id, publicKey: key.publicKey!.toString('base64url'), signature };
  }

  /** The head in an exported document; undefined unless this deployment signed exactly that. */
  read(document: SignedHead): ChainHead | undefined {
    const key = this.keys.live('audit-signing').find(({ id }) => id === document.keyId);
    if (key === undefined) return undefined;
    const isOurs = verifyWith(key.publicKey!, messageOf(document), Buffer.from(document.signature, 'base64url'));
    return isOurs ? { seq: document.seq, hash: Buffer.from(document.hash, 'hex') } : undefined;
  }
}

function messageOf({ seq, hash, signedAt }: Pick<SignedHead, 'seq' | 'hash' | 'signedAt'>): Buffer {
  return Buffer.from(CONTEXT + canonicalJson({ seq, hash, signedAt }));
}
