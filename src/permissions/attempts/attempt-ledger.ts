/** Cost that was counted here and that the other replicas do not know of yet, in seconds. */
export interface UnsharedCost {
  readonly counter: number;
  readonly seconds: number;
}

/**
 * Debts in memory: what is known to be shared, and what was counted here since. Reading and counting take no round
 * trip. Nothing that was counted is ever lost by learning what the others counted.
 */
export class AttemptLedger {
  readonly #clearAt: Float64Array;
  #unshared = new Map<number, number>();

  constructor(
    counters: number,
    private readonly longestDebtSeconds = Infinity,
  ) {
    this.#clearAt = new Float64Array(counters);
  }

  /** When all that was counted under the counter will have been forgiven, Unix seconds. */
  clearAt(counter: number): number {
    return this.#clearAt[counter];
  }

  count(counter: number, now: number, seconds: number): void {
    this.#add(counter, now, seconds);
    this.#unshared.set(counter, (this.#unshared.get(counter) ?? 0) + seconds);
  }

  /** What the others must learn; from now on it counts as shared, unless it is given back by {@link keepUnshared}. */
  takeUnshared(): UnsharedCost[] {
    const taken = [...this.#unshared].map(([counter, seconds]) => ({ counter, seconds }));
    this.#unshared = new Map();
    return taken;
  }

  keepUnshared(taken: readonly UnsharedCost[]): void {
    for (const { counter, seconds } of taken) {
      this.#unshared.set(counter, (this.#unshared.get(counter) ?? 0) + seconds);
    }
  }

  /** What Postgres holds. If it has forgotten after a crash, what is known here stays. */
  learn(counter: number, sharedClearAt: number, now: number): void {
    const shared = Math.max(sharedClearAt, now) + (this.#unshared.get(counter) ?? 0);
    if (sharedClearAt > now) this.#clearAt[counter] = Math.max(this.#clearAt[counter], this.#bounded(shared, now));
  }

  #add(counter: number, now: number, seconds: number): void {
    this.#clearAt[counter] = this.#bounded(Math.max(this.#clearAt[counter], now) + seconds, now);
  }

  #bounded(clearAt: number, now: number): number {
    return Math.min(clearAt, now + this.longestDebtSeconds);
  }
}
