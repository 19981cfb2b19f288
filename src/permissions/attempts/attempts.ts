import { Injectable } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { Alerts } from '../../platform/health/index.js';
import { Metrics } from '../../platform/metrics/index.js';
import { PermissionsError } from '../permissions-error.js';
import { AttemptSharing } from './attempt-sharing.js';

/** Below this share of the alarm an attack is over: an alert does not come and go by the minute. */
const CALM_SHARE = 0.5;

/** A finer figure would show single refusals to whoever reads the metrics every minute. */
const SHARE_STEP = 0.1;

/** The limit that a request met. */
type Limit = 'failures' | 'writes' | 'unbacked';

/**
 * Makes guessing numbers and tokens hopeless, and floods bearable, without storing an address or refusing a network for what
 * it sends rightly. Real uploads, chaff and guesses meet it alike: only what was refused is counted as a failure.
 */
@Injectable()
export class Attempts {
  private readonly limited: Counter;
  private readonly share: Gauge;

  constructor(
    private readonly sharing: AttemptSharing,
    private readonly alerts: Alerts,
    metrics: Metrics,
  ) {
    this.limited = metrics.counter('cen_limited_requests_total', 'Uploads answered with 429, by limit', ['limit']);
    this.share = metrics.gauge(
      'cen_failed_attempts_share',
      'Refused numbers and tokens of the last hour, as a share of FAILED_ATTEMPTS_ALARM in steps of 0.1',
    );
  }

  async start(): Promise<void> {
    await this.sharing.start(() => this.#report());
  }

  /**
   * The first check of every public write, before anything of it is looked at. Takes no round trip.
   * @throws PermissionsError `too-many-attempts`
   */
  admit(address: string): void {
    const day = this.sharing.today();
    const counter = day.counterOf(address);
    this.#limit('writes', day.writes.take(counter, this.sharing.now()));
    this.#limit('failures', this.sharing.secondsToWait(day, counter));
  }

  /**
   * The check of a report that nothing backs, before it is stored.
   * @throws PermissionsError `too-many-attempts`
   */
  admitUnbacked(address: string): void {
    const day = this.sharing.today();
    this.#limit('unbacked', day.unbackedReports.take(day.counterOf(address), this.sharing.now()));
  }

  /**
   * Looks a credential up, chaff's pretended one included, and counts a refusal. Of the attempts of one network no more are looked up at once
   * than may all be refused; the others wait for their turn. What throws is not counted: it has told nobody anything.
   * @throws PermissionsError `too-many-attempts`, before `lookUp` is called
   */
  async look<T>(address: string, lookUp: () => Promise<T>, isRefused: (result: T) => boolean): Promise<T> {
    if (this.sharing.limits.perHour === 0) return lookUp();
    const day = this.sharing.today();
    const counter = day.counterOf(address);
    this.#limit('failures', await day.turns.enter(counter));
    try {
      const result = await lookUp();
      if (isRefused(result)) this.sharing.count(day, counter);
      return result;
    } finally {
      day.turns.leave(counter);
    }
  }

  #limit(limit: Limit, seconds: number): void {
    if (seconds === 0) return;
    this.limited.inc({ limit });
    throw new PermissionsError('too-many-attempts', { headers: { 'retry-after': String(Math.ceil(seconds)) } });
  }

  #report(): void {
    const share = this.sharing.shareOfAlarm();
    this.share.set(Math.floor(share / SHARE_STEP) * SHARE_STEP);
    if (this.sharing.isAttacked()) this.alerts.raise('guessing');
    else if (share < CALM_SHARE) this.alerts.clear('guessing');
  }
}
