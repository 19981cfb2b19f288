import { performance } from 'node:perf_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/index.js';
import { Listener } from '../notifications/index.js';

/** Time between two looks at the database's clock: bounds how far the process's own can drift. */
const REFRESH_MS = 1000;

/**
 * Domain time in memory: `cen_now()` of Postgres, carried on by the process's monotonic clock between looks, so that
 * reading needs no round trip. Corrected every second, and at once when somebody moves the offset.
 */
@Injectable()
export class DomainClock implements OnApplicationShutdown {
  /** Unix seconds at which the process's monotonic clock stood at zero. */
  private origin = Number.NaN;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
  ) {}

  /** Domain time in Unix seconds, with fraction. */
  now(): number {
    return this.origin + monotonicSeconds();
  }

  async start(): Promise<void> {
    await this.refresh();
    await this.listener.on('cen_clock', () => this.refresh());
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The database read its clock between our sending and receiving: the origin is moved only if that rules it out. */
  async refresh(): Promise<void> {
    const sent = monotonicSeconds();
    const read = await this.readDatabaseClock();
    const earliest = read - monotonicSeconds();
    const latest = read - sent;
    this.origin = Number.isNaN(this.origin) ? earliest : Math.min(Math.max(this.origin, earliest), latest);
  }

  private async readDatabaseClock(): Promise<number> {
    const { rows } = await this.database.pool.query<{ now: number }>(
      'SELECT extract(epoch FROM cen_now())::float8 AS now',
    );
    return rows[0].now;
  }
}

function monotonicSeconds(): number {
  return performance.now() / 1000;
}
