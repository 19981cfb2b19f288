import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { type AlertCode, Alerts } from '../../platform/health/index.js';
import { PartitionsRepository } from '../retention/partitions.repository.js';
import { DAY_SECONDS, dayOf } from '../slot.js';
import { SealedSlots } from './sealed-slots.js';
import type { LatestSealing } from './sealing.repository.js';

/** How late a sealing may be before somebody is told: many times what the largest takes. */
const OVERDUE_SECONDS = 600;
/** Each sealing makes the tables for three days ahead; when those for so many are not there, it has failed for a day. */
const DAYS_AHEAD = 2;
/** Slower than a sealing after an outage: what mends itself at the start is not worth an alert. */
const LOOK_MS = 5000;

/** How sealing stands, whichever replica does it. Times in Unix seconds. */
export interface SealingState {
  readonly latest: LatestSealing | undefined;
  /** When the next sealing is due; past while it has not committed. */
  readonly nextDue: number;
  /** Whether that was so long ago that something must be wrong. */
  readonly overdue: boolean;
}

/**
 * Raises what the latest sealing says of itself, and that there is none: in every replica, also those that do not seal,
 * so that it is told when no worker is left.
 */
@Injectable()
export class SealingWatch implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  /** Start of the latest sealed slot after which the partitions were looked at. */
  private lookedAfter: number | undefined;

  constructor(
    private readonly slots: SealedSlots,
    private readonly partitions: PartitionsRepository,
    private readonly database: Database,
    private readonly clock: DomainClock,
    private readonly alerts: Alerts,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look().catch(() => undefined), LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  state(): SealingState {
    const nextDue = this.slots.nextDue();
    return { latest: this.slots.latestSealing(), nextDue, overdue: this.clock.now() > nextDue + OVERDUE_SECONDS };
  }

  async look(): Promise<void> {
    const { latest, overdue } = this.state();
    if (overdue) this.alerts.raise('sealing-overdue');
    else this.alerts.clear('sealing-overdue');
    this.tell('sealing-backlog', latest?.left);
    this.tell('pending-unreadable', latest?.unreadable);
    if (latest !== undefined && latest.start !== this.lookedAfter) await this.lookAtPartitions(latest.start);
  }

  private async lookAtPartitions(start: number): Promise<void> {
    const missing = await this.partitions.missing(this.database.pool);
    const lastNeeded = dayOf(this.clock.now()) + DAYS_AHEAD * DAY_SECONDS;
    this.tell('partitions-not-ahead', missing.filter((day) => day <= lastNeeded).length);
    this.lookedAfter = start;
  }

  private tell(code: AlertCode, count = 0): void {
    if (count > 0) this.alerts.raise(code, undefined, count);
    else this.alerts.clear(code);
  }
}
