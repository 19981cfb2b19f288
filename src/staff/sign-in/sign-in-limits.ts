import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { networkOf } from '../../platform/http/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { StaffError } from '../staff-error.js';
import {
  ACCOUNT,
  ATTACKED_FROM,
  type AttemptLimit,
  FAMILIAR,
  NETWORK,
  STRANGER,
  STRANGER_UNDER_ATTACK,
} from './attempt-limit.js';
import { SignInFailureRepository } from './sign-in-failure.repository.js';

/** 20 bits: a million rows at most, however many logins and networks an attacker invents; who shares a row cannot be chosen. */
const BUCKET_BYTES = 3;
const LAST_BYTE_MASK = 0xf0;

/** Who tries to sign in. */
export interface Attempt {
  readonly login: string;
  readonly address: string;
  /** Secret of a browser that is known to have signed in to this account, or of its session. */
  readonly familiar?: string | undefined;
}

/** What an attempt was counted under, to be forgotten when it turns out right. */
export interface CountedAttempt {
  readonly own: Buffer;
  readonly shared: readonly Buffer[];
}

/**
 * Slows guessing down without ever locking an account: failures count per account and network, under the day key outside
 * the database, which forgets with the day. Whoever else fails on an account can delay nobody but their own network; a
 * browser that has signed in before has a count of its own.
 */
@Injectable()
export class SignInLimits {
  constructor(
    private readonly failures: SignInFailureRepository,
    private readonly keys: KeyRing,
  ) {}

  /**
   * Counts the attempt as failed, to be taken back by {@link succeed}.
   * @throws StaffError `sign-in-delayed` with `Retry-After`
   */
  async begin({ login, address, familiar }: Attempt): Promise<CountedAttempt> {
    if (familiar !== undefined) {
      const own = this.#bucket('familiar', login, familiar);
      await this.#count(own, FAMILIAR);
      return { own, shared: [] };
    }
    const network = networkOf(address).toString('hex');
    const [own, ofNetwork, ofAccount] = [
      this.#bucket('stranger', login, network),
      this.#bucket('network', network),
      this.#bucket('account', login),
    ];
    await this.#count(ofNetwork, NETWORK);
    const attacked = (await this.failures.failures(ofAccount)) >= ATTACKED_FROM;
    await this.#count(own, attacked ? STRANGER_UNDER_ATTACK : STRANGER);
    await this.#count(ofAccount, ACCOUNT);
    return { own, shared: [ofNetwork, ofAccount] };
  }

  /** The attempt was right. */
  async succeed(client: Transaction, { own, shared }: CountedAttempt): Promise<void> {
    await this.failures.forget(client, own);
    for (const bucket of shared) await this.failures.takeBack(client, bucket);
  }

  async #count(bucket: Buffer, limit: AttemptLimit): Promise<void> {
    const seconds = await this.failures.count(bucket, limit);
    if (seconds > 0) throw new StaffError('sign-in-delayed', { headers: { 'retry-after': String(seconds) } });
  }

  #bucket(...parts: readonly string[]): Buffer {
    const { secret } = this.keys.current('attempt-day');
    const digest = createHmac('sha256', secret)
      .update(JSON.stringify(['staff', ...parts]))
      .digest();
    const bucket = Buffer.from(digest.subarray(0, BUCKET_BYTES));
    bucket[BUCKET_BYTES - 1] &= LAST_BYTE_MASK;
    return bucket;
  }
}
