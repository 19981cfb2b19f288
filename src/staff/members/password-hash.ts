import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { PlatformError } from '../../platform/http/index.js';
import { normalisePassword } from './password-policy.js';

/** Argon2id (the library's default) with OWASP's parameters of 2026: 19 MiB, two passes, one lane. About 30 ms of one core. */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As many at a time as leave cores for phones; as many waiting as are answered within a second or two. */
const AT_ONCE = 2;
const WAITING = 64;

/** Hashes and checks passwords: slowly, never many at once, and as slowly where there is no account. */
@Injectable()
export class PasswordHash {
  private readonly nobodys = hash(randomBytes(32), OWASP);
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  async hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalisePassword(password), OWASP));
  }

  /** @param stored undefined where there is no account or no password: the same work, and false */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.nobodys);
    const fits = await this.inTurn(() => verify(against, normalisePassword(password)));
    return fits && stored !== undefined;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= WAITING) throw new PlatformError('unavailable');
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
