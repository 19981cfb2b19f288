import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Alerts } from '../../platform/health/index.js';
import { describeError } from '../../platform/logging/index.js';
import { type ReplicaDescription, ReplicaRepository } from './replica.repository.js';
import { VERSION } from './version.js';

const INTERVAL_MS = 15_000;

/** Tells the others, through the database, that this process lives and which alerts it has raised: at once when they change. */
@Injectable()
export class Heartbeat implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Replica');
  private readonly replica: ReplicaDescription;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private waiting = false;

  constructor(
    private readonly replicas: ReplicaRepository,
    private readonly alerts: Alerts,
    @InjectConfig() { roles }: Pick<Config, 'roles'>,
  ) {
    this.replica = { id: randomUUID(), name: `${hostname()}/${process.pid}`, roles: [...roles], version: VERSION };
  }

  async start(): Promise<void> {
    this.alerts.onChange(() => void this.beat());
    this.timer = setInterval(() => void this.beat(), INTERVAL_MS).unref();
    await this.beat();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.alerts.onChange(() => undefined);
    await this.running;
    await this.replicas.leave(this.replica.id).catch(() => undefined);
  }

  /** Resolves when what is raised now has been told, or could not be. Several changes at a time are told together. */
  private async beat(): Promise<void> {
    if (!this.waiting) {
      this.waiting = true;
      this.running = this.running.then(() => this.tell());
    }
    await this.running;
  }

  private async tell(): Promise<void> {
    this.waiting = false;
    try {
      await this.replicas.beat(this.replica, this.alerts.list());
      await this.replicas.purge();
    } catch (error) {
      this.logger.warn({ event: 'heartbeat failed', ...describeError(error) });
    }
  }
}
