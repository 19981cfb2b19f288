import { Injectable } from '@nestjs/common';
import { Heartbeat } from './replicas/heartbeat.js';
import { SystemMetrics } from './system/system-metrics.js';

/** The module's front door. */
@Injectable()
export class Operations {
  constructor(
    private readonly heartbeat: Heartbeat,
    private readonly metrics: SystemMetrics,
  ) {}

  /** Lets the other replicas see this one, until the application ends. */
  async start(): Promise<void> {
    await this.heartbeat.start();
    this.metrics.start();
  }
}
