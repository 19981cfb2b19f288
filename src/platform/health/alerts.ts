import { Injectable, Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Metrics } from '../metrics/index.js';
import { type AlertCode, ALERTS } from './alert-codes.js';

export interface RaisedAlert {
  readonly code: AlertCode;
  /** What is wrong just now; for this process's log alone, since it may repeat what a file or the database said. */
  readonly detail: string;
  /** How many of the things that the alert is about, where that is known. */
  readonly count: number | undefined;
}

/**
 * Conditions that need an operator, raised and cleared by the module that sees them: one log line at each change, a
 * gauge `cen_alert{name}` for paging, a list in `/health/ready`, and what `operations` tells the other replicas.
 */
@Injectable()
export class Alerts {
  private readonly logger = new Logger('Alert');
  private readonly raised = new Map<AlertCode, RaisedAlert>();
  private readonly gauge: Gauge;
  private listener: () => void = () => undefined;

  constructor(metrics: Metrics) {
    this.gauge = metrics.gauge('cen_alert', '1 while a condition needs an operator', ['name']);
  }

  /** Whoever is told of each change; the last one that asks. */
  onChange(listener: () => void): void {
    this.listener = listener;
  }

  /** @param detail what is wrong just now, where there is more to say than the list of alerts says */
  raise(code: AlertCode, detail: string = ALERTS[code].meaning, count?: number): void {
    const before = this.raised.get(code);
    if (before !== undefined && before.detail === detail && before.count === count) return;
    this.raised.set(code, { code, detail, count });
    this.gauge.set({ name: code }, 1);
    this.logger.error({ alert: code, detail, ...(count !== undefined && { count }), advice: ALERTS[code].advice });
    this.listener();
  }

  clear(code: AlertCode): void {
    if (!this.raised.delete(code)) return;
    this.gauge.set({ name: code }, 0);
    this.logger.log({ event: 'alert cleared', alert: code });
    this.listener();
  }

  list(): RaisedAlert[] {
    return [...this.raised.values()];
  }
}
