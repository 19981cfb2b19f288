import { Injectable } from '@nestjs/common';
import type { Purpose } from './purposes.js';
import type { KeysInUse } from './rotate-due.js';

/** Answers with the ids of the versions of a purpose that committed rows name. */
export type NamedKeys = () => Promise<ReadonlySet<string>>;

/** Where modules say which key versions they still need, so that rotation destroys none of those. */
@Injectable()
export class KeyUsers {
  readonly #users: { readonly purpose: Purpose; readonly namedKeys: NamedKeys }[] = [];

  /** Several modules may register for one purpose: what any of them names is kept. */
  register(purpose: Purpose, namedKeys: NamedKeys): void {
    this.#users.push({ purpose, namedKeys });
  }

  /** Asks everyone. A purpose for which nobody registered is absent, which keeps all of its versions. */
  async inUse(): Promise<KeysInUse> {
    const inUse = new Map<Purpose, Set<string>>();
    for (const { purpose, namedKeys } of this.#users) {
      inUse.set(purpose, new Set([...(inUse.get(purpose) ?? []), ...(await namedKeys())]));
    }
    return inUse;
  }
}
