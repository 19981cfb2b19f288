import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { Alerts } from '../../platform/health/index.js';
import { describeError } from '../../platform/logging/index.js';
import { dayOf } from '../slot.js';
import { Retention } from './retention.js';

const HOUR_SECONDS = 3600;
const RETRY_SECONDS = 60;
const LOOK_MS = 1000;

/** Runs retention before the first request is served, then hourly and when a UTC day has begun. */
@Injectable()
export class RetentionSchedule implements OnApplicationShutdown {
  private readonly logger = new Logger('Retention');
  private lastRun = Number.NEGATIVE_INFINITY;
  private nextRun = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly retention: Retention,
    private readonly clock: DomainClock,
    private readonly alerts: Alerts,
  ) {}

  async start(): Promise<void> {
    await this.run();
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    const now = this.clock.now();
    const sameDay = dayOf(now) === dayOf(this.lastRun);
    if (sameDay && now < this.nextRun) return;
    this.planNext(now, HOUR_SECONDS);
    this.running = this.running.then(() => this.run());
  }

  private async run(): Promise<void> {
    this.planNext(this.clock.now(), HOUR_SECONDS);
    try {
      const outcome = await this.retention.run();
      this.alerts.clear('retention-failed');
      if (outcome.kind === 'halted')
        this.alerts.raise('clock-not-trusted', `Sealing and retention have stopped: ${outcome.fault}.`);
      if (outcome.kind === 'done') this.alerts.clear('clock-not-trusted');
      if (outcome.kind === 'done' && outcome.droppedDays > 0)
        this.logger.log({ event: 'dropped', days: outcome.droppedDays });
    } catch (error) {
      this.planNext(this.clock.now(), RETRY_SECONDS);
      this.logger.error({ event: 'retention failed', ...describeError(error) });
      this.alerts.raise('retention-failed');
    }
  }

  private planNext(now: number, seconds: number): void {
    this.lastRun = now;
    this.nextRun = now + seconds;
  }
}
