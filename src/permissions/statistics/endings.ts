import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { difference, type Ends, NO_ENDS, tellable } from './cohorts.js';
import { dateOf, STATISTICS_DAYS } from './day-range.js';
import { EndedDayRepository } from './ended-day.repository.js';
import { EndedTallyRepository } from './ended-tally.repository.js';
import { addUp, openTally, sealTally, type Tally } from './ended-tally.js';
import { MintingDayRepository } from './minting-day.repository.js';

/** What a sealing knows of the numbers behind the reports that it publishes. */
export interface SealedEnds {
  /** By authority, how many numbers it redeemed. */
  readonly redeemed: ReadonlyMap<string, number>;
  /** The latest UTC day that it finishes, as the Unix second at which it starts. */
  readonly finishedDay: number | undefined;
}

/** Counts how numbers end, and tells it in cohorts, a UTC day at a time (ADR 0017). */
@Injectable()
export class Endings {
  constructor(
    private readonly keys: KeyRing,
    private readonly tallies: EndedTallyRepository,
    private readonly endedDays: EndedDayRepository,
    private readonly mintingDays: MintingDayRepository,
  ) {}

  /** Keeps ends for the next sealing, in the transaction in which the numbers go. */
  async note(client: Transaction, ends: Tally): Promise<void> {
    if (ends.size === 0) return;
    await this.tallies.insert(client, sealTally(randomUUID(), ends, this.keys.current('pending-aead')));
  }

  /**
   * Adds what a sealing publishes to what waits; when it finishes a day, tells what may be told. In the sealing's transaction,
   * whose snapshot decides: what is noted meanwhile is counted by the next one.
   */
  async count(client: Transaction, { redeemed, finishedDay }: SealedEnds): Promise<void> {
    const noted = await this.#read(client);
    const published = new Map([...redeemed].map(([authority, count]) => [authority, { redeemed: count, expired: 0 }]));
    const waiting = addUp([...noted.map(({ tally }) => tally), published]);
    const left = finishedDay === undefined ? waiting : await this.#tell(client, waiting, dateOf(finishedDay));
    const ids = noted.map(({ id }) => id);
    await this.tallies.delete(client, ids);
    await this.note(client, left);
  }

  /** Ids of the pending-aead keys that are still needed. */
  async keyIds(): Promise<ReadonlySet<string>> {
    return this.tallies.keyIds();
  }

  /** Drops the days that are past the time for which counts are kept. Not for a sealing's transaction. */
  async purge(client: Transaction): Promise<void> {
    await this.mintingDays.purge(client, STATISTICS_DAYS);
    await this.endedDays.purge(client, STATISTICS_DAYS);
  }

  /** What cannot be read stays where it is, for a ring that has its key. */
  async #read(client: Transaction): Promise<{ id: string; tally: Tally }[]> {
    const rows = await this.tallies.list(client);
    return rows.flatMap((row) => {
      const tally = openTally(row, this.keys);
      return tally === undefined ? [] : [{ id: row.id, tally }];
    });
  }

  /** @returns what goes on waiting */
  async #tell(client: Transaction, waiting: Tally, date: string): Promise<Map<string, Ends>> {
    const balances = await this.mintingDays.balances(client);
    const told = await this.endedDays.totals(client);
    const left = new Map<string, Ends>();
    for (const [authority, ends] of waiting) {
      const now = tellable(ends, (balances.get(authority) ?? 0) - (told.get(authority) ?? 0));
      if (now !== NO_ENDS) await this.endedDays.add(client, authority, date, now);
      const rest = difference(ends, now);
      if (rest.redeemed + rest.expired > 0) left.set(authority, rest);
    }
    return left;
  }
}
