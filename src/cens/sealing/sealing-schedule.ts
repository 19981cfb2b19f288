import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { DomainClock } from '../../platform/clock/index.js';
import { Alerts } from '../../platform/health/index.js';
import { describeError } from '../../platform/logging/index.js';
import { Metrics } from '../../platform/metrics/index.js';
import { SealedSlots } from './sealed-slots.js';
import { SealingFailed, SealingThread } from './sealing-thread.js';
import type { SealingOutcome } from './sealing.js';

/** Longest sleep: a moved clock or a crashed replica's slot is noticed within it. */
const MAX_SLEEP_MS = 1000;
/** Pause before the next look. `not-due`: this process's clock was a moment ahead of the database's. */
const PAUSE_MS: Readonly<Record<SealingOutcome['kind'], number>> = {
  sealed: 0,
  'not-due': 50,
  busy: 200,
  halted: 1000,
};
const FAILURE_PAUSE_MS = 2000;

/** Seals at the end of each slot, in every process with the role `worker`; the database lets one of them through. */
@Injectable()
export class SealingSchedule implements OnApplicationShutdown {
  private readonly logger = new Logger('Sealing');
  private readonly sealedSlots: Counter;
  private readonly lastSealed: Gauge;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly sealing: SealingThread,
    private readonly slots: SealedSlots,
    private readonly clock: DomainClock,
    private readonly alerts: Alerts,
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
      if (this.slots.isCurrent()) this.clearAlerts();
      return Math.min(left + 1, MAX_SLEEP_MS);
    }
    try {
      const outcome = await this.sealing.seal();
      await this.slots.refresh();
      this.report(outcome);
      return PAUSE_MS[outcome.kind];
    } catch (error) {
      this.logger.error({ event: 'sealing failed', ...describeFailure(error) });
      this.alerts.raise('sealing-failed');
      return FAILURE_PAUSE_MS;
    }
  }

  /** The latest slot is sealed, by whichever replica: neither the clock nor a sealing keeps anybody up. */
  private clearAlerts(): void {
    this.alerts.clear('sealing-failed');
    this.alerts.clear('clock-not-trusted');
  }

  private report(outcome: SealingOutcome): void {
    if (outcome.kind === 'halted')
      this.alerts.raise('clock-not-trusted', `Sealing and retention have stopped: ${outcome.fault}.`);
    if (outcome.kind !== 'sealed') return;
    this.clearAlerts();
    const { kind: _, ...sealed } = outcome;
    this.logger.log({ event: 'sealed', ...sealed });
    this.sealedSlots.inc();
    this.lastSealed.set(outcome.slot);
    if (outcome.left === 0) this.alerts.clear('sealing-backlog');
    else this.alerts.raise('sealing-backlog', undefined, outcome.left);
  }
}

function describeFailure(error: unknown): ReturnType<typeof describeError> {
  return error instanceof SealingFailed ? error.failure : describeError(error);
}
