import { Injectable } from '@nestjs/common';
import { type Key, KeyRing } from '../../platform/keys/index.js';
import { IssuerKey } from './issuer-key.js';

/** The deployment's issuer keys, two at most, as the key ring has them at the moment. */
@Injectable()
export class IssuerKeys {
  /** Weak: with the ring's version of a key goes what was made of it. */
  readonly #opened = new WeakMap<Key, IssuerKey>();

  constructor(private readonly ring: KeyRing) {}

  /** Newest first; one that is not current yet included, so that every cached directory has it before it signs. */
  live(): IssuerKey[] {
    return this.ring.live('token-issuer').map((key) => this.#open(key));
  }

  current(): IssuerKey {
    return this.#open(this.ring.current('token-issuer'));
  }

  /** Unix seconds of the wall clock, by which keys live. */
  now(): number {
    return this.ring.now();
  }

  #open(key: Key): IssuerKey {
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const opened = new IssuerKey(key);
    this.#opened.set(key, opened);
    return opened;
  }
}
