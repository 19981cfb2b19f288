import fc from 'fast-check';
import { COHORT, difference, type Ends, NO_ENDS, sum, tellable } from './cohorts.js';

const ends = fc.record({ redeemed: fc.nat(200), expired: fc.nat(200) });

/** An authority as seen from outside: what was minted and told; and what waits, which nobody sees. */
class Authority {
  minted = 0;
  told: Ends = NO_ENDS;
  waiting: Ends = NO_ENDS;

  /** Mints, numbers end, the day ends. */
  day(minted: number, ended: Ends): void {
    this.minted += minted;
    this.waiting = sum(this.waiting, ended);
    const now = tellable(this.waiting, this.unaccounted());
    this.waiting = difference(this.waiting, now);
    this.told = sum(this.told, now);
  }

  unaccounted(): number {
    return this.minted - this.told.redeemed - this.told.expired;
  }
}

describe('what may be told', () => {
  it('is whole tens of what waits, and nothing is told twice or lost', () => {
    fc.assert(
      fc.property(ends, fc.integer({ min: -50, max: 500 }), (waiting, unaccounted) => {
        const { redeemed, expired } = tellable(waiting, unaccounted);
        expect([redeemed % COHORT, expired % COHORT]).toEqual([0, 0]);
        expect(redeemed).toBeLessThanOrEqual(waiting.redeemed);
        expect(expired).toBeLessThanOrEqual(waiting.expired);
        expect(Math.min(redeemed, expired)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leaves ten numbers of unknown fate, or tells nothing', () => {
    fc.assert(
      fc.property(ends, fc.integer({ min: -50, max: 500 }), (waiting, unaccounted) => {
        const { redeemed, expired } = tellable(waiting, unaccounted);
        if (redeemed + expired > 0) expect(unaccounted - redeemed - expired).toBeGreaterThanOrEqual(COHORT);
      }),
    );
  });

  it('is everything but less than a ten of each, where enough is minted and used', () => {
    expect(tellable({ redeemed: 157, expired: 39 }, 1000)).toEqual({ redeemed: 150, expired: 30 });
    expect(tellable({ redeemed: 30, expired: 30 }, 50)).toEqual({ redeemed: 30, expired: 10 });
  });
});

describe('an attacker', () => {
  const bothFates = (history: (authority: Authority, target: Ends) => void): [Authority, Authority] => {
    const worlds: [Authority, Authority] = [new Authority(), new Authority()];
    history(worlds[0], { redeemed: 1, expired: 0 });
    history(worlds[1], { redeemed: 0, expired: 1 });
    return worlds;
  };

  it.each([10, 20, 1000])('who mints %i numbers and lets all but one expire learns nothing of that one', (minted) => {
    const [used, unused] = bothFates((authority, target) => {
      authority.day(minted, target);
      authority.day(0, { redeemed: 0, expired: minted - 1 });
    });
    expect(used.told).toEqual(unused.told);
  });

  it('who knows that fewer than nine others were used learns nothing of a number, whatever else is minted and ends', () => {
    const days = fc.array(fc.record({ minted: fc.nat(100), expired: fc.nat(100) }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(days, fc.nat(8), fc.nat(19), (history, usedByHim, dayOfTarget) => {
        const [used, unused] = bothFates((authority, target) => {
          history.forEach(({ minted, expired }, i) => {
            const his = { redeemed: i === 0 ? usedByHim : 0, expired };
            authority.day(minted, i === dayOfTarget % history.length ? sum(his, target) : his);
          });
        });
        expect(used.told).toEqual(unused.told);
      }),
    );
  });

  it('who subtracts never comes down to fewer than ten numbers, once anything is told', () => {
    const day = fc.record({ minted: fc.nat(60), redeemedShare: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(day, { maxLength: 30 }), (history) => {
        const authority = new Authority();
        for (const { minted, redeemedShare } of history) {
          const redeemed = Math.round(minted * redeemedShare);
          authority.day(minted, { redeemed, expired: minted - redeemed });
          if (authority.told.redeemed > 0) expect(authority.unaccounted()).toBeGreaterThanOrEqual(COHORT);
        }
      }),
    );
  });

  it('who watches an authority that mints and uses one number a day learns nothing for nineteen days', () => {
    const authority = new Authority();
    for (let day = 1; day <= 19; day++) {
      authority.day(1, { redeemed: 1, expired: 0 });
      expect(authority.told).toEqual(NO_ENDS);
    }
    authority.day(1, { redeemed: 1, expired: 0 });
    expect(authority.told).toEqual({ redeemed: 10, expired: 0 });
  });
});
