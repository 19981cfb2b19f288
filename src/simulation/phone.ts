import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  BatchError,
  defaultPrimitives,
  type Primitives,
  sync,
  type SyncCursor,
  SyncError,
  type SyncResult,
} from 'cen-client';
import { exponential, type SeededRandom } from '../planning/index.js';
import { metered, noTraffic } from './meter.js';
import type { Heard, Person } from './person.js';
import { DAY_SECONDS, HOUR_SECONDS } from './settings.js';

/** What all phones have in common. */
export interface PhoneSurroundings {
  readonly rootKey: string;
  readonly retentionDays: number;
  readonly syncHours: number;
  readonly now: () => number;
  /** One of the servers, at random, whether it runs or not. */
  readonly url: () => string;
  /** One copy of a document that many phones keep. */
  readonly shared: (etag: string, body: string) => string;
}

const OFFLINE = { share: 0.03, shortestDays: 1, longestDays: 5 };

/** An app: it syncs now and then through the client library, and keeps what that tells it to keep. */
export class Phone {
  readonly traffic = noTraffic();
  readonly completedSyncs: number[] = [];
  interruptedSyncs = 0;
  /** Most false matches to expect: 2^-40 for each observation and batch (protocol section 7). */
  expectedFalse = 0;
  nextSync: number;
  /** Every cell that it has ever followed. */
  readonly everFollowed = new Set<bigint>();
  private cursor: SyncCursor | undefined;

  constructor(
    readonly person: Person,
    private readonly surroundings: PhoneSurroundings,
    private readonly random: SeededRandom,
  ) {
    this.nextSync = surroundings.now() + exponential(random, surroundings.syncHours * HOUR_SECONDS);
  }

  /** Syncs once; false if it was cut short and is to be tried again. */
  async sync(): Promise<boolean> {
    const { now, url, rootKey } = this.surroundings;
    const begun = now();
    this.forget(begun);
    const observations = this.person.heard;
    try {
      const result = await sync<Heard>({
        baseUrl: url(),
        rootKey,
        places: [...this.person.lastSeen.keys()],
        observations,
        cursor: this.cursor,
        fetch: metered(this.traffic),
        now,
        primitives: PRIMITIVES,
      });
      this.keep(result);
      this.expectedFalse += (result.downloaded.batches * observations.length) / 2 ** 40;
      const [refused] = result.problems.filter(({ error }) => error instanceof BatchError);
      if (refused !== undefined) throw new Error(`${refused.url}: ${refused.error.message}`);
      if (result.problems.length > 0) return this.cutShort();
      this.completedSyncs.push(begun);
      this.nextSync = begun + this.pause();
      return true;
    } catch (error) {
      if (!(error instanceof SyncError) || error.code === 'refused') throw error;
      this.keep(error as SyncError<Heard>);
      return this.cutShort();
    }
  }

  /** A server that was killed meanwhile: what was found is kept, the rest is for the next try. */
  private cutShort(): false {
    this.interruptedSyncs++;
    return false;
  }

  private keep({ matches, cursor }: Pick<SyncResult<Heard>, 'matches' | 'cursor'>): void {
    for (const { observation } of matches) observation.matched = true;
    const documents = Object.entries(cursor.documents).map(([path, document]) => {
      return [path, { ...document, body: this.surroundings.shared(document.etag, document.body) }] as const;
    });
    this.cursor = { ...cursor, documents: Object.fromEntries(documents) };
  }

  /** What is older than retention is of no use to anybody. */
  private forget(now: number): void {
    const oldest = now - this.surroundings.retentionDays * DAY_SECONDS;
    const { person } = this;
    if (person.heard.length > 0 && person.heard[0].observedAt < oldest) {
      person.heard = person.heard.filter(({ observedAt }) => observedAt >= oldest);
    }
    for (const [cell, seen] of person.lastSeen) {
      if (seen < oldest) person.lastSeen.delete(cell);
      else this.everFollowed.add(cell);
    }
  }

  private pause(): number {
    const isOffline = this.random() < OFFLINE.share;
    const offline = OFFLINE.shortestDays + this.random() * (OFFLINE.longestDays - OFFLINE.shortestDays);
    return isOffline ? offline * DAY_SECONDS : exponential(this.random, this.surroundings.syncHours * HOUR_SECONDS);
  }
}

const publicKeys = new Map<string, KeyObject>();

/** The client's own, with Ed25519 by OpenSSL: thousands of phones share this processor. */
const PRIMITIVES: Primitives = {
  ...defaultPrimitives,
  verifyEd25519: (signature, message, publicKey) => verify(null, message, keyObject(publicKey), signature),
};

function keyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const known = publicKeys.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  publicKeys.set(x, known);
  return known;
}
