import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type Config, InjectConfig } from '../config/index.js';
import { Alerts } from '../health/index.js';
import { generateKey } from './generate-key.js';
import type { KeyName } from './key.js';
import { KeyRing } from './key-ring.js';
import { describeError } from '../logging/index.js';
import { isReplaceable, readKeyRingFile, removeLeftovers, replaceKeyRingFile } from './key-ring-file.js';
import { KeyUsers } from './key-users.js';
import type { Purpose } from './purposes.js';
import { renewIssuer, rotateDue, type RotationReport } from './rotate-due.js';
import { RotationLock } from './rotation-lock.repository.js';

const DAY_SECONDS = 86_400;

/** Rewrites the key ring: one writer at a time, over all replicas. */
@Injectable()
export class KeyRotation implements BeforeApplicationShutdown {
  readonly #logger = new Logger(KeyRotation.name);
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly ring: KeyRing,
    private readonly users: KeyUsers,
    private readonly lock: RotationLock,
    private readonly alerts: Alerts,
    @InjectConfig() private readonly config: Pick<Config, 'retentionDays'>,
  ) {}

  /**
   * Makes what is due, destroys what nothing names, and gives each purpose of `replace` a new version now. The ring of
   * this process has the result on return, other replicas within seconds.
   * @throws KeyRingError `missing`, `unreadable`, `invalid` or `not-writable`; the file is then as before
   */
  async rotate(replace: readonly Purpose[] = []): Promise<RotationReport> {
    const report = await this.lock.hold(() => this.#rotateFile(new Set(replace)));
    this.ring.refresh();
    this.#announce(report);
    return report;
  }

  /**
   * Destroys every key that issues upload tokens and makes one that is current at once, for when no server runs: all tokens
   * that were issued before are worthless.
   * @throws KeyRingError as {@link rotate} does
   */
  async renewIssuer(): Promise<RotationReport> {
    const report = await this.lock.hold(() => {
      const before = readKeyRingFile(this.ring.path);
      removeLeftovers(this.ring.path);
      const { versions, report } = renewIssuer(before, { now: this.ring.now(), generate: generateKey });
      replaceKeyRingFile(this.ring.path, versions);
      return Promise.resolve(report);
    });
    this.ring.refresh();
    this.#announce(report);
    return report;
  }

  /**
   * Rotates now and at every interval, until the application ends. Only where the file can be written and is the very
   * file that all replicas read: copies would drift apart.
   * @returns whether it began; not if the file cannot be replaced by this process
   */
  startAutomaticRotation(intervalMs: number): boolean {
    if (!isReplaceable(this.ring.path)) return false;
    const rotateAfterTheLast = () => {
      this.#running = this.#running.then(() => this.#rotateQuietly());
    };
    rotateAfterTheLast();
    this.#timer = setInterval(rotateAfterTheLast, intervalMs).unref();
    return true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #rotateFile(replace: ReadonlySet<Purpose>): Promise<RotationReport> {
    // The file, not the ring in memory: another process may have rotated while this one waited.
    const before = readKeyRingFile(this.ring.path);
    if (isReplaceable(this.ring.path)) removeLeftovers(this.ring.path);
    const { versions, report } = rotateDue(before, {
      now: this.ring.now(),
      inUse: await this.users.inUse(),
      replace,
      retentionSeconds: this.config.retentionDays * DAY_SECONDS,
      generate: generateKey,
    });
    if (changes(before.length, versions.length, report)) replaceKeyRingFile(this.ring.path, versions);
    return report;
  }

  async #rotateQuietly(): Promise<void> {
    try {
      await this.rotate();
      this.alerts.clear('keys-not-rotated');
    } catch (error) {
      this.#logger.error({ event: 'keys not rotated', ...describeError(error) });
      this.alerts.raise('keys-not-rotated');
    }
  }

  #announce({ made, destroyed, missing }: RotationReport): void {
    if (made.length > 0) this.#logger.log({ event: 'keys made', keys: made });
    if (destroyed.length > 0) this.#logger.log({ event: 'keys destroyed', keys: destroyed });
    if (missing.length === 0) this.alerts.clear('keys-lost');
    else this.alerts.raise('keys-lost', `The database names keys that the ring does not have: ${names(missing)}.`);
  }
}

function changes(before: number, after: number, { made, destroyed }: RotationReport): boolean {
  return made.length > 0 || destroyed.length > 0 || before !== after;
}

function names(keys: readonly KeyName[]): string {
  return keys.map(({ purpose, id }) => `${purpose} ${id}`).join(', ');
}
