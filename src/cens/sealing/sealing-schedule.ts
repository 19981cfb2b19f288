import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Alerts } from '../../platform/health/index.js';
import { describeError } from '../../platform/logging/index.js';
import { Metrics } from '../../platform/metrics/index.js';
import { SealedSlots } from './sealed-slots.js';
import { SealingFailed, SealingThread } from './sealing-thread.js';
import type { SealingOutcome } from './sealing.js';

/** Longest sleep: a moved clock or a crashed replica's slot is noticed within it. */
const MAX_SLEEP_MS = 1000;
/**
 * Pause before the next look. `not-due`: most often this process's clock was a moment ahead of the database's. Each look
 * takes a connection, so the same answer again is waited for twice as long each time.
 */
const PAUSE_MS: Readonly<Record<SealingOutcome['kind'], number>> = {
  sealed: 0,
  'passed-over': 0,
  'not-due': 50,
  busy: 200,
  halted: 1000,
};
const LONGEST_PAUSE_MS = 2000;
const FAILURE_PAUSE_MS = 2000;

/** How long to wait after the `times`-th time in a row that a look had this outcome. */
export function pauseAfter(kind: SealingOutcome['kind'], times: number): number {
  return Math.min(PAUSE_MS[kind] * 2 ** (times - 1), LONGEST_PAUSE_MS);
}

/** Seals at the end of each slot, in every process with the role `worker`; the database lets one of them through. */
@Injectable()
export class SealingSchedule implements OnApplicationShutdown {
  private readonly logger = new Logger('Sealing');
  private readonly sealedSlots: Counter;
  private readonly lastSealed: Gauge;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private same: { readonly kind: SealingOutcome['kind']; readonly times: number } | undefined;

  constructor(
    private readonly sealing: SealingThread,
    private readonly slots: SealedSlots,
    private readonly clock: DomainClock,
    private readonly alerts: Alerts,
    @InjectConfig() private readonly config: Pick<Config, 'minReports'>,
    metrics: Metrics,
  ) {
    this.sealedSlots = metrics.counter('cen_sealed_slots_total', 'Slots that this process sealed');
    this.lastSealed = metrics.gauge(
      'cen_last_sealed_slot_start_seconds',
      'Start of the latest slot that this process sealed',
    );
  }

  start(): void {
    this.sleep(0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private sleep(milliseconds: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().then((next) => this.sleep(next));
    }, milliseconds);
  }

  /** @returns milliseconds until the next look */
  private async tick(): Promise<number> {
    const left = (this.slots.nextDue() - this.clock.now()) * 1000;
    if (left > 0) {
      this.same = undefined;
      if (this.slots.isCurrent()) this.clearAlerts();
      return Math.min(left + 1, MAX_SLEEP_MS);
    }
    try {
      const outcome = await this.sealing.seal();
      await this.slots.refresh();
      this.report(outcome);
      return this.pauseAfterAll(outcome.kind);
    } catch (error) {
      this.logger.error({ event: 'sealing failed', ...describeFailure(error) });
      this.alerts.raise('sealing-failed');
      return FAILURE_PAUSE_MS;
    }
  }

  private pauseAfterAll(kind: SealingOutcome['kind']): number {
    this.same = { kind, times: this.same?.kind === kind ? this.same.times + 1 : 1 };
    return pauseAfter(kind, this.same.times);
  }

  /** The latest slot is sealed, by whichever replica: neither the clock nor a sealing keeps anybody up. */
  private clearAlerts(): void {
    this.alerts.clear('sealing-failed');
    this.alerts.clear('clock-not-trusted');
  }

  private report(outcome: SealingOutcome): void {
    if (outcome.kind === 'halted')
      this.alerts.raise('clock-not-trusted', `Sealing and retention have stopped: ${outcome.fault}.`);
    if (outcome.kind === 'passed-over')
      this.logger.warn({ event: 'slot passed over: the database was restored or has failed over', slot: outcome.slot });
    if (outcome.kind !== 'sealed') return;
    this.clearAlerts();
    const { kind: _, reports, ...sealed } = outcome;
    // So few, and the log would tell which number was used in which slot.
    const isTold = reports >= this.config.minReports;
    this.logger.log({ event: 'sealed', ...sealed, ...(isTold && { reports }) });
    this.sealedSlots.inc();
    this.lastSealed.set(outcome.slot);
  }
}

function describeFailure(error: unknown): ReturnType<typeof describeError> {
  return error instanceof SealingFailed ? error.failure : describeError(error);
}
