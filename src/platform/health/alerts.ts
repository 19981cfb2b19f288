import { Injectable, Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Metrics } from '../metrics/index.js';

/**
 * Conditions that need an operator, raised and cleared by the module that sees them: one log line at each change, a
 * gauge `cen_alert{name}` for paging, and a list in `/health/ready`.
 */
@Injectable()
export class Alerts {
  private readonly logger = new Logger('Alert');
  private readonly raised = new Map<string, string>();
  private readonly gauge: Gauge;

  constructor(metrics: Metrics) {
    this.gauge = metrics.gauge('cen_alert', '1 while a condition needs an operator', ['name']);
  }

  /** @param remedy what the operator should do, in a sentence */
  raise(name: string, remedy: string): void {
    if (this.raised.get(name) === remedy) return;
    this.raised.set(name, remedy);
    this.gauge.set({ name }, 1);
    this.logger.error({ alert: name, remedy });
  }

  clear(name: string): void {
    if (!this.raised.delete(name)) return;
    this.gauge.set({ name }, 0);
    this.logger.log({ event: 'alert cleared', alert: name });
  }

  list(): { name: string; remedy: string }[] {
    return [...this.raised].map(([name, remedy]) => ({ name, remedy }));
  }
}
