import type { Key } from './key.js';
import { KEY_POLICIES, type Purpose } from './purposes.js';

/** One key version as operators look at it: nothing secret, not even a public half. */
export interface KeyAge {
  readonly purpose: Purpose;
  readonly id: string;
  readonly state: 'next' | 'current' | 'retired';
  /** Unix seconds of the wall clock, like the next. */
  readonly createdAt: number;
  /** When the current version is due to be replaced; null for the others, and where it never is by itself. */
  readonly rotatesAt: number | null;
}

/** @param versions as `KeyRing.list` gives them */
export function keyAges(versions: readonly Omit<Key, 'secret'>[], now: number): KeyAge[] {
  return versions.map(({ purpose, id, createdAt, activeFrom, retiredAt }) => {
    const state = activeFrom > now ? 'next' : retiredAt !== undefined && retiredAt <= now ? 'retired' : 'current';
    const { period } = KEY_POLICIES[purpose];
    return {
      purpose,
      id,
      state,
      createdAt,
      rotatesAt: state === 'current' && period !== null ? activeFrom + period : null,
    };
  });
}
