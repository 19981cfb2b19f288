import { Injectable } from '@nestjs/common';
import { Authorities } from '../../staff/index.js';
import { type Ends, NO_ENDS } from './cohorts.js';
import { datesOf, type DayRange } from './day-range.js';
import { EndedDayRepository } from './ended-day.repository.js';
import { MintingDayRepository } from './minting-day.repository.js';

/** The counts of one UTC day. */
export interface StatisticsDay extends Ends {
  /** UTC date `YYYY-MM-DD`. */
  readonly date: string;
  /** Numbers minted. */
  readonly minted: number;
  /** Numbers of which the revocation was asked for. */
  readonly revocations: number;
}

/** What may be known of how an authority's numbers were used. */
@Injectable()
export class Statistics {
  constructor(
    private readonly authorities: Authorities,
    private readonly mintingDays: MintingDayRepository,
    private readonly endedDays: EndedDayRepository,
  ) {}

  /** A row for every day of the range. @throws StaffError `staff-not-found` */
  async ofAuthority(authorityId: string, range: DayRange): Promise<StatisticsDay[]> {
    await this.authorities.get(authorityId);
    return this.#days(range, authorityId);
  }

  /** Of all authorities together. */
  async ofAll(range: DayRange): Promise<StatisticsDay[]> {
    return this.#days(range, null);
  }

  async #days(range: DayRange, authorityId: string | null): Promise<StatisticsDay[]> {
    const [minting, ended] = await Promise.all([
      this.mintingDays.list(range, authorityId),
      this.endedDays.list(range, authorityId),
    ]);
    const mintingOf = new Map(minting.map((day) => [day.date, day]));
    const endedOf = new Map(ended.map((day) => [day.date, day]));
    return datesOf(range).map((date) => {
      const { minted, revocations } = mintingOf.get(date) ?? { minted: 0, revocations: 0 };
      const { redeemed, expired } = endedOf.get(date) ?? NO_ENDS;
      return { date, minted, revocations, redeemed, expired };
    });
  }
}
