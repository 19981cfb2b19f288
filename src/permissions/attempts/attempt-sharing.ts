import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { AttemptCounterRepository } from './attempt-counter.repository.js';
import { AttemptDay } from './attempt-day.js';
import { AttemptLedger } from './attempt-ledger.js';
import {
  type AttemptLimits,
  costInTotal,
  costOfFailure,
  isAttacked,
  LONGEST_TOTAL_DEBT_SECONDS,
  secondsToWait,
  shareOfAlarm,
} from './attempt-rule.js';

/** How long a replica's failures are its own. Until then each of them lets a network run up what is left of its burst. */
const SHARING_MS = 500;
/** Longer than a commit takes to be seen after the time that it has written. */
const OVERLAP_SECONDS = 5;
/** The one counter of the ledger that is for all networks together. */
const ALL = 0;

/**
 * The counters in memory, and their exchange with the other replicas through Postgres: in one statement for all failures
 * since the last, so that neither an upload nor a flood of guesses costs a round trip more.
 */
@Injectable()
export class AttemptSharing implements OnModuleDestroy {
  readonly limits: AttemptLimits;
  readonly #total = new AttemptLedger(1, LONGEST_TOTAL_DEBT_SECONDS);
  #day: AttemptDay | undefined;
  #seenAt = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly counters: AttemptCounterRepository,
    private readonly keys: KeyRing,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {
    this.limits = {
      perHour: config.failedAttemptsPerHour,
      burst: config.failedAttemptsBurst,
      alarm: config.failedAttemptsAlarm,
      tightening: config.failedAttemptsTightening,
    };
  }

  /** What is kept under today's key; new and empty when the key has changed. */
  today(): AttemptDay {
    const key = this.keys.current('attempt-day');
    if (this.#day?.keyId !== key.id) {
      this.#day = new AttemptDay(key, this.config, (clearAt, unresolved) => this.#secondsToWait(clearAt, unresolved));
      this.#seenAt = 0;
    }
    return this.#day;
  }

  now(): number {
    return this.clock.now();
  }

  /** Seconds until the counter's networks may try again, with nothing else being looked at; 0 if now. */
  secondsToWait(day: AttemptDay, counter: number): number {
    return this.#secondsToWait(day.ledger.clearAt(counter), 0);
  }

  /** Counts a failure, here at once, and soon everywhere. */
  count(day: AttemptDay, counter: number): void {
    const now = this.clock.now();
    day.ledger.count(counter, now, costOfFailure(this.limits, this.isAttacked()));
    this.#total.count(ALL, now, costInTotal(this.limits));
  }

  isAttacked(): boolean {
    return isAttacked(this.limits, this.#total.clearAt(ALL), this.clock.now());
  }

  /** How near all networks together are to what raises the alert: 1 raises it, 2 is the most. */
  shareOfAlarm(): number {
    return shareOfAlarm(this.#total.clearAt(ALL), this.clock.now());
  }

  /** Shares now, and then twice a second. `observe` is told each time. */
  async start(observe: () => void): Promise<void> {
    if (this.limits.perHour === 0) return;
    const share = async (): Promise<void> => {
      await this.share().catch(() => undefined);
      observe();
    };
    await share();
    this.#timer = setInterval(() => void share(), SHARING_MS);
    this.#timer.unref();
  }

  /** What was counted to the very end is not forgotten with the process. */
  async onModuleDestroy(): Promise<void> {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    await this.#running?.catch(() => undefined);
    await this.share().catch(() => undefined);
  }

  /** Exchanges what is new, one exchange at a time. What could not be told is told the next time. */
  async share(): Promise<void> {
    this.#running ??= this.#exchange().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #exchange(): Promise<void> {
    const day = this.today();
    if (this.#seenAt === 0) await this.counters.keepOnly(this.keys.live('attempt-day').map(({ id }) => id));
    await this.#tell(day.ledger, async (costs) => {
      for (const { counter, clearAt } of await this.counters.add(day.keyId, costs))
        day.ledger.learn(counter, clearAt, this.clock.now());
    });
    await this.#tell(this.#total, ([{ seconds }]) => this.counters.addToTotal(seconds));
    const { debts, totalClearAt, readAt } = await this.counters.newsSince(day.keyId, this.#seenAt);
    for (const { counter, clearAt } of debts) day.ledger.learn(counter, clearAt, this.clock.now());
    this.#total.learn(ALL, totalClearAt, this.clock.now());
    this.#seenAt = readAt - OVERLAP_SECONDS;
  }

  async #tell(ledger: AttemptLedger, tell: (costs: ReturnType<AttemptLedger['takeUnshared']>) => Promise<void>) {
    const costs = ledger.takeUnshared();
    if (costs.length === 0) return;
    try {
      await tell(costs);
    } catch (error) {
      ledger.keepUnshared(costs);
      throw error;
    }
  }

  #secondsToWait(clearAt: number, unresolved: number): number {
    if (this.limits.perHour === 0) return 0;
    const now = this.clock.now();
    return secondsToWait(this.limits, { clearAt, now, attacked: this.isAttacked(), unresolved });
  }
}
