import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../../platform/metrics/index.js';
import { System } from './system.js';

const INTERVAL_MS = 15_000;

/** What operators look at, for their monitoring: over all replicas, so that each replica says the same. */
@Injectable()
export class SystemMetrics implements OnApplicationShutdown {
  private readonly lastSlot;
  private readonly nextDue;
  private readonly pending;
  private readonly oldestDay;
  private readonly replicas;
  private readonly keyRotation;
  private readonly databaseBytes;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly system: System,
    metrics: Metrics,
  ) {
    this.lastSlot = metrics.gauge(
      'cen_sealing_last_slot_start_seconds',
      'Start of the latest slot that any replica sealed',
    );
    this.nextDue = metrics.gauge('cen_sealing_next_due_seconds', 'When the next sealing is due; past while it is late');
    this.pending = metrics.gauge(
      'cen_sealing_pending_reports',
      'Reports at the latest sealing; 0 when below MIN_REPORTS',
    );
    this.oldestDay = metrics.gauge(
      'cen_retention_oldest_day_seconds',
      'Start of the oldest UTC day with a batch; 0 for none',
    );
    this.replicas = metrics.gauge('cen_replicas', 'Processes heard of within the last minute, by role', ['role']);
    this.keyRotation = metrics.gauge('cen_key_rotates_seconds', 'When the current key is due to be replaced', [
      'purpose',
    ]);
    this.databaseBytes = metrics.gauge(
      'cen_database_bytes',
      'Size of the database on disk at the latest sealing, in steps of 16 MiB',
    );
  }

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.measure().catch(() => undefined);
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async measure(): Promise<void> {
    const { sealing, retention, replicas, keys, database, serverTime } = await this.system.look();
    this.lastSlot.set(sealing.lastSlot ?? 0);
    this.nextDue.set(sealing.nextDueAt);
    this.pending.set(sealing.pendingAtLastSealing ?? 0);
    this.oldestDay.set(retention.oldestDay === null ? 0 : Date.parse(retention.oldestDay) / 1000);
    this.databaseBytes.set(database.bytes);
    for (const { purpose, rotatesAt } of keys) if (rotatesAt !== null) this.keyRotation.set({ purpose }, rotatesAt);
    const alive = replicas.filter(({ lastSeenAt }) => lastSeenAt > serverTime - 60);
    for (const role of ['public', 'admin', 'worker'])
      this.replicas.set({ role }, alive.filter(({ roles }) => roles.includes(role)).length);
  }
}
