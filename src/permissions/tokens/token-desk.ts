import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { type ProvenCredential, retryProof, retryProofs } from '../retry-proof.js';
import { RetryProofRepository } from '../retry-proof.repository.js';
import { challengeDigest, privateTokenChallenge, tokenChallenge } from './challenge.js';
import type { IssuerKey } from './issuer-key.js';
import { IssuerKeys } from './issuer-keys.js';
import { SpentTokenRepository } from './spent-token.repository.js';
import { DIGEST_BYTES, readToken, type SentToken, SIGNATURE_BYTES, TOKEN_TYPE } from './token-form.js';

/** Nobody can tell from which person a token is, nor from which authority: unlike a number's, a redemption has none. */
export type TokenRedemption = 'redeemed' | 'repeated' | 'refused';

/** Stands in for a token that cannot be read, so that it costs what others cost. */
const NO_TOKEN = readToken(Buffer.alloc(2 + 3 * DIGEST_BYTES + SIGNATURE_BYTES))!;

/**
 * A week from when its key has gone, for replicas whose ring is behind: a key goes when the second after it is made, and is current for a week and
 * the ten minutes in which its successor is published.
 */
const REMEMBERED_SECONDS = 14 * 86_400;

/** Spends upload tokens inside the report's own transaction, which must be READ COMMITTED. */
@Injectable()
export class TokenDesk {
  readonly #challenge: Buffer;
  readonly #challengeDigest: Buffer;

  constructor(
    private readonly ring: KeyRing,
    private readonly issuerKeys: IssuerKeys,
    private readonly spent: SpentTokenRepository,
    private readonly proofs: RetryProofRepository,
    @InjectConfig() config: Pick<Config, 'publicUrl'>,
  ) {
    this.#challenge = tokenChallenge(config.publicUrl);
    this.#challengeDigest = challengeDigest(this.#challenge);
  }

  /** `WWW-Authenticate` for a client that has sent nothing. */
  challenge(): string {
    return privateTokenChallenge(this.#challenge, this.issuerKeys.current().publicKey);
  }

  /**
   * Of any parallel requests with one token exactly one is `redeemed`, and only those with its `Idempotency-Key` are
   * `repeated`. Forged, spent, expired or meant for somebody else: `refused` all alike, after the same work.
   */
  async redeem(client: Transaction, bytes: Buffer, idempotencyKey: Buffer): Promise<TokenRedemption> {
    const token = readToken(bytes) ?? NO_TOKEN;
    const digest = digestOf(token);
    const credential: ProvenCredential = { kind: 'token', digest };
    const key = this.#verifiedBy(token);
    if (await this.#spend(client, digest, key)) {
      await this.proofs.insert(client, retryProof(credential, idempotencyKey, this.ring.current('retry-proof')));
      return 'redeemed';
    }
    // Also of a token that is good no more: its key may have gone since its report was accepted.
    const proofs = retryProofs(credential, idempotencyKey, this.ring.live('retry-proof'));
    return (await this.proofs.has(client, proofs)) ? 'repeated' : 'refused';
  }

  /** The tokens spent since the last sealing, rewritten in random order; for a sealing's transaction. */
  async settle(client: Transaction): Promise<void> {
    await this.spent.settle(client);
  }

  /**
   * Drops the spent tokens of keys that have long been gone: a replica that has not yet read the ring without them must still find
   * what was spent. Not for a sealing's transaction.
   */
  async forget(client: Transaction): Promise<void> {
    const oldest = this.issuerKeys.live().at(-1);
    if (oldest !== undefined) await this.spent.forgetBefore(client, oldest.activeFrom - REMEMBERED_SECONDS);
  }

  async #spend(client: Transaction, digest: Buffer, key: IssuerKey | undefined): Promise<boolean> {
    if (key !== undefined) return this.spent.spend(client, digest, key.activeFrom);
    await this.spent.look(client, randomBytes(DIGEST_BYTES));
    return false;
  }

  /** The key of a token that is what it should be. Whatever is wrong with it, one signature is verified. */
  #verifiedBy({ input, type, challengeDigest, keyId, authenticator }: SentToken): IssuerKey | undefined {
    const named = this.issuerKeys.live().find(({ id }) => id.equals(keyId));
    const verified = (named ?? this.issuerKeys.current()).verifies(input, authenticator);
    const meant = type === TOKEN_TYPE && challengeDigest.equals(this.#challengeDigest);
    return verified && meant ? named : undefined;
  }
}

/** Of what the issuer signed: there is one signature of it, and the nonce in it is the token's own. */
function digestOf({ input }: SentToken): Buffer {
  return createHash('sha256').update(input).digest();
}
