import { Logger } from '@nestjs/common';
import { PlatformError } from '../http/index.js';
import { publicJwk, type PublicJwk } from './ed25519.js';
import { retirementOf, usableKey, versionsOf, type Key, type KeyVersion } from './key.js';
import { KeyRingError } from './key-ring-error.js';
import { isOpenToOthers, readKeyRingFile, stampOf, type FileStamp } from './key-ring-file.js';
import { DESTRUCTION_GRACE_SECONDS, KEY_POLICIES, PURPOSES, type Purpose } from './purposes.js';

/** Unix seconds of the wall clock: key versions live by it, not by domain time, which tests move. */
export type WallClock = () => number;

export const wallClock: WallClock = () => Math.floor(Date.now() / 1000);

/**
 * The keys outside the database, as the file has them. It reads the file again when that has changed: at `refresh`,
 * and when somebody asks for an id that it does not know. If the new content is not valid, the ring stays as it was and
 * `problem` says why.
 */
export class KeyRing {
  #versions: KeyVersion[];
  #keys: ReadonlyMap<Purpose, readonly Key[]>;
  #stamp: FileStamp | undefined;
  #problem: string | undefined;
  #problemSince = Number.POSITIVE_INFINITY;
  #usable = true;

  /** @throws KeyRingError `missing`, `unreadable` or `invalid` */
  constructor(
    readonly path: string,
    readonly now: WallClock = wallClock,
  ) {
    this.#stamp = stampOf(path);
    this.#versions = readKeyRingFile(path);
    this.#keys = usableKeys(this.#versions);
    if (isOpenToOthers(path))
      new Logger(KeyRing.name).warn(`Every user of this machine can read ${path}: chmod 600 it`);
  }

  /**
   * The newest version whose time has come.
   * @throws KeyRingError `no-key` if the ring has none for the purpose
   * @throws PlatformError `unavailable` after {@link setUsable}, for all but what signs documents that say how long they hold
   */
  current(purpose: Purpose): Key {
    if (!this.#usable && KEY_POLICIES[purpose].algorithm !== 'ed25519') throw new PlatformError('unavailable');
    const keys = this.live(purpose);
    // With a clock set back none is active yet: the oldest is then the one that every replica has.
    const key = keys.find(({ activeFrom }) => activeFrom <= this.now()) ?? keys.at(-1);
    if (key === undefined) {
      throw new KeyRingError('no-key', `The key ring has no ${purpose} key: run "cen keys rotate --due"`);
    }
    return key;
  }

  /** The version with that id, if its secret still exists. */
  find(purpose: Purpose, id: string): Key | undefined {
    const find = () => this.live(purpose).find((key) => key.id === id);
    const known = find();
    if (known !== undefined) return known;
    this.refresh();
    return find();
  }

  /** Every version that has its secret, newest first, one that is not current yet included: a replica whose clock is
   * ahead may use it already. */
  live(purpose: Purpose): readonly Key[] {
    return this.#keys.get(purpose) ?? [];
  }

  /** The purposes for which the ring has no key: after an upgrade that brought a purpose, until the next rotation. */
  missing(): Purpose[] {
    return PURPOSES.filter((purpose) => this.live(purpose).length === 0);
  }

  /** Every version without its secret, newest first within its purpose, for operators to look at. */
  list(): Omit<Key, 'secret'>[] {
    return PURPOSES.flatMap((purpose) => {
      const newestFirst = versionsOf(this.#versions, purpose);
      return newestFirst.map(({ secret: _, ...visible }, index) => {
        const retiredAt = retirementOf(newestFirst, index);
        return retiredAt === undefined ? visible : { ...visible, retiredAt };
      });
    });
  }

  /** JWKS (RFC 7517) of the batch-signing keys: the next, the current, and past ones within retention. */
  publicKeys(): { readonly keys: PublicJwk[] } {
    return { keys: versionsOf(this.#versions, 'batch-signing').map(({ publicKey }) => publicJwk(publicKey!)) };
  }

  /** Public half of the root key, base64url of 32 bytes: what apps ship with. */
  rootPublicKey(): string {
    return this.current('root').publicKey!.toString('base64url');
  }

  /** Why the file's present content is not in use, undefined while it is. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the file has not been readable for so long that others may have destroyed keys that this ring takes for current. */
  isStale(): boolean {
    return this.now() - this.#problemSince >= DESTRUCTION_GRACE_SECONDS;
  }

  /** Whether its keys may be used for what is new: what is written under a key that others have destroyed is lost. */
  setUsable(usable: boolean): void {
    this.#usable = usable;
  }

  /** Reads the file again if it has changed. Never throws. */
  refresh(): void {
    try {
      const stamp = stampOf(this.path);
      if (stamp === this.#stamp && stamp !== undefined) return;
      const versions = readKeyRingFile(this.path);
      this.#versions = versions;
      this.#keys = usableKeys(versions);
      this.#stamp = stamp;
      this.#problem = undefined;
      this.#problemSince = Number.POSITIVE_INFINITY;
    } catch (error) {
      this.#problem = error instanceof KeyRingError ? error.message : `The key ring at ${this.path} cannot be read`;
      this.#problemSince = Math.min(this.#problemSince, this.now());
    }
  }
}

function usableKeys(versions: readonly KeyVersion[]): ReadonlyMap<Purpose, readonly Key[]> {
  return new Map(
    PURPOSES.map((purpose) => {
      const newestFirst = versionsOf(versions, purpose);
      const keys = newestFirst.flatMap((version, index) =>
        hasSecret(version) ? [usableKey(version, retirementOf(newestFirst, index))] : [],
      );
      return [purpose, keys] as const;
    }),
  );
}

function hasSecret(version: KeyVersion): version is KeyVersion & { readonly secret: Buffer } {
  return version.secret !== undefined;
}
