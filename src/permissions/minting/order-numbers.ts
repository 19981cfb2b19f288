import { Injectable } from '@nestjs/common';
import { KeyRing, KeyRingError } from '../../platform/keys/index.js';
import type { PermissionNumber } from '../number-format.js';
import { deriveNumbers, type MintSeed } from './mint-derivation.js';
import type { StoredOrder } from './permission-order.repository.js';

/** What follows from a stored order and the mint key that it names. */
@Injectable()
export class OrderNumbers {
  constructor(private readonly keys: KeyRing) {}

  seedOf({ nonce, digits, mintKeyId }: StoredOrder): MintSeed {
    const key = this.keys.find('mint-prf', mintKeyId);
    if (key === undefined) throw new KeyRingError('no-key', `The key ring has no mint-prf ${mintKeyId} any more`);
    return { nonce, digits, secret: key.secret };
  }

  /** The numbers that the order was given, whatever has become of them. */
  numbersOf(order: StoredOrder): PermissionNumber[] {
    return deriveNumbers(this.seedOf(order), order.count, order.skipped);
  }
}
