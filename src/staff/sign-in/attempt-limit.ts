/** How many failures are free, and how long one waits after more: 1, 2, 4, … seconds, up to a limit. */
export interface AttemptLimit {
  readonly free: number;
  readonly firstDelaySeconds: number;
  readonly longestDelaySeconds: number;
}

/** A stranger's browser on an account: 5 + about 100 guesses a day from one network. */
export const STRANGER: AttemptLimit = { free: 5, firstDelaySeconds: 1, longestDelaySeconds: 900 };

/**
 * The same while many networks at once fail on the account: 11 guesses a day from each. The first attempt is never refused:
 * its owner may be abroad.
 */
export const STRANGER_UNDER_ATTACK: AttemptLimit = { free: 1, firstDelaySeconds: 60, longestDelaySeconds: 86_400 };

/** A browser that has signed in to the account before, or is signed in: counted alone, so that nobody else can slow it down. */
export const FAMILIAR: AttemptLimit = { free: 10, firstDelaySeconds: 1, longestDelaySeconds: 300 };

/** All of a network's failures on any account: a hospital behind one address mistypes, too. */
export const NETWORK: AttemptLimit = { free: 100, firstDelaySeconds: 1, longestDelaySeconds: 60 };

/** Failures on an account in a day, from wherever, from which on it counts as attacked. Only counts: nobody waits for it. */
export const ATTACKED_FROM = 50;
export const ACCOUNT: AttemptLimit = { free: Infinity, firstDelaySeconds: 0, longestDelaySeconds: 0 };
