const HOUR_SECONDS = 3600;
/** A tenth of an hour's worth may come at once: phones of one network do not ask one another when to send. */
const BURST_SHARE = 0.1;

/** Bounds how much one network sends to this process in an hour, whatever becomes of it. 0 per hour switches it off. */
export class WriteVolume {
  readonly #clearAt: Float64Array;
  readonly #cost: number;
  readonly #longestDebt: number;

  constructor(counters: number, perHour: number) {
    this.#clearAt = new Float64Array(counters);
    this.#cost = perHour === 0 ? 0 : HOUR_SECONDS / perHour;
    this.#longestDebt = Math.max(this.#cost, HOUR_SECONDS * BURST_SHARE);
  }

  /** Counts one, if there is room. @returns seconds to come back after, and then it was not counted; else 0 */
  take(counter: number, now: number): number {
    const clearAt = Math.max(this.#clearAt[counter], now) + this.#cost;
    const excess = clearAt - now - this.#longestDebt;
    if (excess > 0) return excess;
    this.#clearAt[counter] = clearAt;
    return 0;
  }
}
