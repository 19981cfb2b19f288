import { AttemptCounterRepository } from '../../src/permissions/attempts/attempt-counter.repository.js';
import { AttemptSharing } from '../../src/permissions/attempts/attempt-sharing.js';
import type { Guesser } from '../../src/permissions/attempts/guessing-odds.js';
import type { DomainClock } from '../../src/platform/clock/index.js';
import type { Config } from '../../src/platform/config/index.js';
import type { Database } from '../../src/platform/database/index.js';
import type { KeyRing } from '../../src/platform/keys/index.js';

const START = 1_931_000_000;
/** When it has to wait longer, it asks in between: an attack may be over. */
const PATIENCE_SECONDS = 300;

/**
 * Guesses for hours of domain time, from each network whenever it is let through, on the server's own counters: all but HTTP and the exchange with
 * other replicas, of which there are none. `guess` is called for each guess that is looked at and says whether it was right.
 * @returns how many were looked at
 */
export function simulateGuesser(
  config: Config,
  { networks, hours }: Guesser,
  guess: () => boolean = () => false,
): number {
  let now = START;
  const key = { id: '00', secret: Buffer.alloc(32, 7) };
  const sharing = new AttemptSharing(
    new AttemptCounterRepository(undefined as unknown as Database),
    { current: () => key } as unknown as KeyRing,
    { now: () => now } as DomainClock,
    config,
  );
  const day = sharing.today();
  const counters = Array.from({ length: networks }, (_, index) => day.counterOf(addressOf(index)));
  const agenda = new Agenda(counters, START);
  let heard = 0;
  for (let next = agenda.next(); next.at < START + hours * 3600; next = agenda.next()) {
    now = next.at;
    const seconds = sharing.secondsToWait(day, next.counter);
    if (seconds === 0) {
      heard++;
      if (!guess()) sharing.count(day, next.counter);
    }
    agenda.add(now + Math.min(seconds, PATIENCE_SECONDS), next.counter);
  }
  return heard;
}

function addressOf(index: number): string {
  return `${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}.1`;
}

/** Who asks when, in a binary heap; those of the same moment in turn. */
class Agenda {
  readonly #at: Float64Array;
  readonly #counter: Int32Array;
  #size = 0;

  constructor(counters: readonly number[], at: number) {
    this.#at = new Float64Array(counters.length + 1);
    this.#counter = new Int32Array(counters.length + 1);
    for (const counter of counters) this.add(at, counter);
  }

  add(at: number, counter: number): void {
    let place = this.#size++;
    for (let parent = (place - 1) >> 1; place > 0 && this.#at[parent]! > at; parent = (place - 1) >> 1) {
      this.#copy(parent, place);
      place = parent;
    }
    this.#at[place] = at;
    this.#counter[place] = counter;
  }

  /** Takes the earliest out. */
  next(): { at: number; counter: number } {
    const earliest = { at: this.#at[0]!, counter: this.#counter[0]! };
    const last = --this.#size;
    const at = this.#at[last]!;
    let place = 0;
    for (let child = 1; child < last; child = 2 * place + 1) {
      if (child + 1 < last && this.#at[child + 1]! < this.#at[child]!) child++;
      if (this.#at[child]! >= at) break;
      this.#copy(child, place);
      place = child;
    }
    this.#copy(last, place);
    return earliest;
  }

  #copy(from: number, to: number): void {
    this.#at[to] = this.#at[from]!;
    this.#counter[to] = this.#counter[from]!;
  }
}
