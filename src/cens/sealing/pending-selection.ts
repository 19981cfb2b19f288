import { randomInt } from 'node:crypto';

export interface PendingSize {
  readonly id: string;
  /** Upper bound of the CENs in the report. */
  readonly cens: number;
}

export interface Selection {
  readonly ids: readonly string[];
  /** Reports that wait for the next sealing because this one would grow too large. */
  readonly left: number;
}

/** Whole reports, drawn at random, of at most `maxCens` CENs in all (protocol section 8.1); the first always fits. */
export function selectPending(pending: readonly PendingSize[], maxCens: number): Selection {
  const ids: string[] = [];
  let total = 0;
  for (const { id, cens } of shuffled(pending)) {
    if (ids.length > 0 && total + cens > maxCens) continue;
    ids.push(id);
    total += cens;
  }
  return { ids, left: pending.length - ids.length };
}

/** Fisher–Yates with a cryptographic generator: who waits must not follow from when or how a report came. */
export function shuffled<T>(items: readonly T[]): T[] {
  const drawn = [...items];
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn;
}
