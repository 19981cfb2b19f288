import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { PermissionsError } from '../permissions-error.js';
import type { Minter } from './minter.js';
import { QuotaUseRepository } from './quota-use.repository.js';

/** How many numbers somebody may mint today, and has minted. */
export interface QuotaUse {
  /** Null: no limit. */
  readonly limit: number | null;
  readonly used: number;
}

export interface QuotaState {
  /** UTC date `YYYY-MM-DD`. */
  readonly day: string;
  /** Unix seconds: 00:00 UTC. */
  readonly resetsAt: number;
  /** Of the member or key. */
  readonly own: QuotaUse;
  /** Of its whole authority. */
  readonly authority: QuotaUse;
}

interface Holder {
  readonly id: string;
  readonly limit: number | undefined;
  /** Sentence for who has reached the limit. */
  readonly refusal: (limit: number, left: number) => string;
}

/** How many numbers are minted per UTC day of domain time: by a member or key, and by its whole authority. */
@Injectable()
export class Quota {
  constructor(private readonly repository: QuotaUseRepository) {}

  /**
   * Counts a new order, in the transaction that mints it. Others of the same authority wait until that ends, so no
   * concurrency and no number of replicas lets one number too many through.
   * @throws PermissionsError `quota-exceeded`; the caller's rollback takes the count back
   */
  async take(client: Transaction, minter: Minter, count: number): Promise<void> {
    const holders = holdersOf(minter);
    const used = await this.repository.add(
      client,
      holders.map(({ id }) => id),
      count,
    );
    for (const { id, limit, refusal } of holders) {
      const before = used.get(id)! - count;
      if (limit === undefined || before + count <= limit) continue;
      const { secondsLeft } = await this.repository.dayWithin(client);
      throw new PermissionsError('quota-exceeded', {
        detail: refusal(limit, Math.max(0, limit - before)),
        headers: { 'retry-after': String(secondsLeft) },
      });
    }
  }

  async read(minter: Minter & { readonly id: string }): Promise<QuotaState> {
    const { day, resetsAt } = await this.repository.day();
    const used = await this.repository.today([minter.id, minter.authorityId]);
    const state = (id: string, limit: number | undefined) => ({ limit: limit ?? null, used: used.get(id) ?? 0 });
    return {
      day,
      resetsAt,
      own: state(minter.id, minter.dailyQuota),
      authority: state(minter.authorityId, minter.authorityDailyQuota),
    };
  }
}

/** Its own first, everywhere: who waits for the authority's holds nothing that the one before waits for. */
function holdersOf({ id, authorityId, dailyQuota, authorityDailyQuota }: Minter): Holder[] {
  const authority = {
    id: authorityId,
    limit: authorityDailyQuota,
    refusal: (limit: number, left: number) =>
      `Of the ${limit} numbers that your authority may mint today, ${left} are left.`,
  };
  if (id === undefined) return [authority];
  const refusal = (limit: number, left: number) => `Of the ${limit} numbers that you may mint today, ${left} are left.`;
  return [{ id, limit: dailyQuota, refusal }, authority];
}
