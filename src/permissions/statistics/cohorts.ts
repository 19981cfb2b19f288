/** Ends are told in tens, and never so many that fewer than ten numbers are left whose end is not told (protocol section 5). */
export const COHORT = 10;

/** Numbers of an authority that have ended: used for a report that was sealed, or expired unused. */
export interface Ends {
  readonly redeemed: number;
  readonly expired: number;
}

export const NO_ENDS: Ends = { redeemed: 0, expired: 0 };

/**
 * What of an authority's ends may be told now (ADR 0017); the rest waits.
 *
 * - Whole tens only, so that a single end changes nothing but the last of ten.
 * - Expired ones only together with redeemed ones: whoever mints ten numbers and lets nine expire learns nothing of the tenth.
 * - At least {@link COHORT} numbers are left of unknown fate: minted, less revocations, less all ends told, never says of a
 *   number that it was used, nor that it was not.
 * @param waiting ends that have not been told yet
 * @param unaccounted numbers minted, less revocations asked for, less ends told so far
 */
export function tellable(waiting: Ends, unaccounted: number): Ends {
  const most = inTens(unaccounted - COHORT);
  const redeemed = Math.min(inTens(waiting.redeemed), most);
  if (redeemed === 0) return NO_ENDS;
  return { redeemed, expired: Math.min(inTens(waiting.expired), most - redeemed) };
}

export function sum(a: Ends, b: Ends): Ends {
  return { redeemed: a.redeemed + b.redeemed, expired: a.expired + b.expired };
}

export function difference(a: Ends, b: Ends): Ends {
  return { redeemed: a.redeemed - b.redeemed, expired: a.expired - b.expired };
}

function inTens(count: number): number {
  return Math.max(0, Math.floor(count / COHORT) * COHORT);
}
