import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Listener } from '../../platform/notifications/index.js';
import { lastEndedSlot } from '../slot.js';
import { type LatestSealing, SealingRepository } from './sealing.repository.js';

/** The safety net beneath NOTIFY: how long another replica's sealing can go unseen at most. */
const POLL_MS = 1000;

/** Which slot is the latest sealed one, whichever replica sealed it; known without asking the database each time. */
@Injectable()
export class SealedSlots implements OnApplicationShutdown {
  private sealing: LatestSealing | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sealings: SealingRepository,
    private readonly listener: Listener,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  async start(): Promise<void> {
    await this.refresh();
    await this.listener.on('cen_sealed', () => this.refresh());
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), POLL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  latest(): number | undefined {
    return this.sealing?.start;
  }

  /** The sealing of {@link latest} as it was recorded. */
  latestSealing(): LatestSealing | undefined {
    return this.sealing;
  }

  async refresh(): Promise<void> {
    this.sealing = await this.sealings.latest();
  }

  /** Whether the last slot that has ended is the latest sealed one: not so while one is due, or when the clock is behind. */
  isCurrent(): boolean {
    return this.latest() === lastEndedSlot(this.clock.now(), this.config.slotSeconds);
  }

  /** Unix second at which the next sealing is due; past while it has not committed, as also before the very first one. */
  nextDue(): number {
    const { slotSeconds } = this.config;
    const startOfCurrent = Math.floor(this.clock.now() / slotSeconds) * slotSeconds;
    const endOfCurrent = startOfCurrent + slotSeconds;
    const latest = this.latest();
    if (latest === undefined) return startOfCurrent;
    const endOfNext = Math.floor(latest / slotSeconds + 2) * slotSeconds;
    return Math.min(endOfNext, endOfCurrent);
  }
}
