import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { deriveNumber, type MintSeed } from './mint-derivation.js';
import { numberDigest, numberDigests } from '../number-digest.js';
import type { PermissionNumber } from '../number-format.js';
import { PermissionNumberRepository } from '../permission-number.repository.js';
import type { StoredOrder } from './permission-order.repository.js';
import { PermissionsError } from '../permissions-error.js';

/** Collisions that an order puts up with beyond its own count: with 11 random digits there is seldom a single one. */
const SPARE_CANDIDATES = 1000;

/** A number that an order may get, and which of its candidates it is. */
interface Candidate {
  readonly index: number;
  readonly number: PermissionNumber;
}

/** What became of an order's candidates. */
export interface Placement {
  /** Those that are stored now, in the order of their indexes. */
  readonly numbers: readonly PermissionNumber[];
  /** Indexes of those that were not free, ascending. */
  readonly skipped: readonly number[];
}

/** Stores the numbers of a new order, past those that are live already. */
@Injectable()
export class MintPlacement {
  constructor(
    private readonly keys: KeyRing,
    private readonly numbers: PermissionNumberRepository,
  ) {}

  /**
   * Stores the order's first candidates that are free.
   * @throws PermissionsError `number-space-exhausted`
   */
  async place(client: Transaction, authorityId: string, order: StoredOrder, seed: MintSeed): Promise<Placement> {
    const numbers: PermissionNumber[] = [];
    const skipped: number[] = [];
    while (numbers.length < order.count) {
      if (skipped.length > order.count + SPARE_CANDIDATES) throw new PermissionsError('number-space-exhausted');
      const next = numbers.length + skipped.length;
      const candidates = candidatesFrom(seed, next, order.count - numbers.length);
      const stored = await this.#storeFree(client, authorityId, order.expiresAt, candidates);
      for (const { index, number } of candidates) {
        if (stored.has(index)) numbers.push(number);
        else skipped.push(index);
      }
    }
    return { numbers, skipped };
  }

  /** @returns the indexes of the candidates that are stored now */
  async #storeFree(
    client: Transaction,
    authorityId: string,
    expiresAt: number,
    candidates: readonly Candidate[],
  ): Promise<ReadonlySet<number>> {
    const key = this.keys.current('number-hmac');
    const elsewhere = await this.#storedUnderOtherKeys(client, candidates, key.id);
    // By digest, so that of two equal candidates the later one is stored and the other skipped.
    const free = new Map<string, number>();
    for (const { index, number } of candidates) {
      const digest = numberDigest(number, key).toString('hex');
      if (!elsewhere.has(number)) free.set(digest, index);
    }
    const digests = [...free.keys()].map((digest) => Buffer.from(digest, 'hex'));
    const stored = await this.numbers.insert(client, { digests, hmacKeyId: key.id, authorityId, expiresAt });
    return new Set(stored.map((digest) => free.get(digest.toString('hex'))!));
  }

  /** The candidates that are live under another key than the current, where the primary key does not notice them. */
  async #storedUnderOtherKeys(
    client: Transaction,
    candidates: readonly Candidate[],
    currentId: string,
  ): Promise<ReadonlySet<PermissionNumber>> {
    const otherKeys = this.keys.live('number-hmac').filter(({ id }) => id !== currentId);
    if (otherKeys.length === 0) return new Set();
    const numbers = new Map(
      candidates.flatMap(({ number }) =>
        numberDigests(number, otherKeys).map((digest) => [digest.toString('hex'), number] as const),
      ),
    );
    const digests = [...numbers.keys()].map((digest) => Buffer.from(digest, 'hex'));
    const found = await this.numbers.findAny(client, digests);
    return new Set(found.map((digest) => numbers.get(digest.toString('hex'))!));
  }
}

function candidatesFrom(seed: MintSeed, first: number, count: number): Candidate[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    return { index, number: deriveNumber(seed, index) };
  });
}
