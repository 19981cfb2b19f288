import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Alerts } from '../health/index.js';
import { KeyRing } from './key-ring.js';

/** Well below the lead that every new key has before it is used. */
const POLL_MILLISECONDS = 1000;

/** Lets the ring follow its file as long as the application runs, and tells operators when it cannot. */
@Injectable()
export class KeyRingWatch implements OnModuleInit, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ring: KeyRing,
    private readonly alerts: Alerts,
  ) {}

  onModuleInit(): void {
    this.look();
    this.#timer = setInterval(() => this.look(), POLL_MILLISECONDS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  look(): void {
    this.ring.refresh();
    const stale = this.ring.isStale();
    this.ring.setUsable(!stale);
    if (stale) this.alerts.raise('keys-stale');
    else this.alerts.clear('keys-stale');
    const missing = this.ring.missing();
    if (this.ring.problem !== undefined) {
      this.alerts.raise('key-ring', `${this.ring.problem}. The keys read before stay in use for 15 minutes.`);
    } else if (missing.length > 0) {
      this.alerts.raise('key-ring', `There is no key for ${missing.join(', ')}: run "cen keys rotate --due".`);
    } else {
      this.alerts.clear('key-ring');
    }
  }
}
