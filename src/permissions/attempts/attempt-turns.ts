type Waiting = (seconds: number) => void;

/**
 * Lets attempts of one counter be looked at at once only as long as all of them may fail. The others wait for a turn, a few
 * milliseconds, instead of being refused: volume alone refuses nobody, and of parallel guesses no more are looked at than
 * of guesses one after another.
 */
export class AttemptTurns {
  readonly #unresolved = new Map<number, number>();
  readonly #waiting = new Map<number, Waiting[]>();

  /** @param secondsToWait until one more may be looked at beside `unresolved` others; 0 if now */
  constructor(private readonly secondsToWait: (counter: number, unresolved: number) => number) {}

  /** @returns 0 once it is the caller's turn, which must then {@link leave}; or seconds to come back after */
  async enter(counter: number): Promise<number> {
    const unresolved = this.#unresolved.get(counter) ?? 0;
    const queue = this.#waiting.get(counter) ?? [];
    const seconds = this.secondsToWait(counter, unresolved);
    if (seconds === 0 && queue.length === 0) {
      this.#unresolved.set(counter, unresolved + 1);
      return 0;
    }
    if (unresolved === 0) return seconds;
    this.#waiting.set(counter, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** The attempt is resolved and, if it failed, counted. */
  leave(counter: number): void {
    let unresolved = this.#unresolved.get(counter)! - 1;
    const queue = this.#waiting.get(counter) ?? [];
    let seconds = this.secondsToWait(counter, unresolved);
    for (; queue.length > 0 && seconds === 0; seconds = this.secondsToWait(counter, unresolved)) {
      queue.shift()!(0);
      unresolved++;
    }
    if (unresolved === 0) for (const refused of queue.splice(0)) refused(seconds);
    if (queue.length === 0) this.#waiting.delete(counter);
    if (unresolved === 0) this.#unresolved.delete(counter);
    else this.#unresolved.set(counter, unresolved);
  }
}
