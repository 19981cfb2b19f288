import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { SignedDocument } from '../../platform/http/index.js';
import { DocumentSigner } from '../../platform/keys/index.js';
import { type RegionId, Regions } from '../../regions/index.js';
import { SealedSlots } from '../sealing/sealed-slots.js';
import { DAY_SECONDS, dayOf, daysUpTo, oldestLiveDay } from '../slot.js';
import { type BatchEntry, BatchRepository } from './batch.repository.js';
import { BoundedCache } from './bounded-cache.js';
import { type DayBundle, DayBundleRepository } from './day-bundle.repository.js';
import { indexPath } from './file-path.js';
import { toIndexDocument } from './index-document.js';
import { RegionCatalogue } from './region-catalogue.js';

/** Batches of so many seconds stay listed one by one beside their day's bundle, for phones that sync often. */
const RECENT_SECONDS = 2 * DAY_SECONDS;

/** Memory for indexes of different regions. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** While a sealing is due and not yet committed, caches may keep an index this long (protocol section 3: at most 5 s). */
const DUE_MAX_AGE_SECONDS = 2;

interface BuiltIndex {
  readonly body: Buffer;
  readonly sha256: string;
  signature: { readonly value: string; readonly renewAfter: number } | undefined;
}

/** All that an index depends on: the latest sealed slot, and the first day that is not past its retention. */
interface PublishedState {
  readonly sealed: number;
  readonly oldestLive: number;
}

/** The signed index of each region, from memory as long as nothing has been sealed and no day has expired. */
@Injectable()
export class RegionIndex {
  private readonly built = new BoundedCache<BuiltIndex>(CACHE_BYTES, ({ body }) => body.length + 512);

  constructor(
    private readonly batches: BatchRepository,
    private readonly bundles: DayBundleRepository,
    private readonly catalogue: RegionCatalogue,
    private readonly regions: Regions,
    private readonly slots: SealedSlots,
    private readonly clock: DomainClock,
    private readonly signer: DocumentSigner,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** The index at this URL, if it has been built before and nothing has changed it. For any other URL nothing. */
  known(path: string): SignedDocument | undefined {
    const now = this.clock.now();
    const index = this.built.peek(this.keyOf(path, this.stateAt(now)));
    return index === undefined ? undefined : this.toDocument(index, now);
  }

  async read(region: RegionId): Promise<SignedDocument> {
    const now = this.clock.now();
    const state = this.stateAt(now);
    const key = this.keyOf(indexPath(this.regions.format(region)), state);
    const index = await this.built.get(key, () => this.build(region, state));
    return this.toDocument(index, now);
  }

  private stateAt(now: number): PublishedState {
    return { sealed: this.slots.latest() ?? 0, oldestLive: oldestLiveDay(now, this.config.retentionDays) };
  }

  private keyOf(path: string, { sealed, oldestLive }: PublishedState): string {
    return `${path} ${sealed} ${oldestLive}`;
  }

  private toDocument(index: BuiltIndex, now: number): SignedDocument {
    const { body, sha256 } = index;
    return { body, sha256, signature: this.signatureOf(index, now), maxAge: this.maxAge(now) };
  }

  private async build(region: RegionId, { sealed, oldestLive }: PublishedState): Promise<BuiltIndex> {
    await this.catalogue.follow(sealed, oldestLive);
    const { batches, days } = await this.listed(region, sealed, oldestLive);
    const document = toIndexDocument({
      region: this.regions.format(region),
      description: this.regions.describe(region),
      parent: this.parentId(region),
      children: this.catalogue.liveChildren(region, oldestLive).map((child) => this.regions.format(child)),
      batches: batches.map((batch) => this.published(batch)),
      days: days.map((bundle) => this.published(bundle)),
    });
    const body = Buffer.from(JSON.stringify(document));
    return { body, sha256: createHash('sha256').update(body).digest('hex'), signature: undefined };
  }

  /** Asks the database for nothing where there is nothing: anybody may ask for any of 48,000 regions after each sealing. */
  private async listed(region: RegionId, sealed: number, oldestLive: number) {
    if (!this.catalogue.hasAny(region, oldestLive)) return { batches: [], days: [] };
    const live = daysUpTo(oldestLive, sealed);
    const days = await this.bundles.list(region, live);
    const bundled = new Set(days.map(({ day }) => day));
    const recent = Math.max(oldestLive, sealed + this.config.slotSeconds - RECENT_SECONDS);
    const open = live.filter((day) => day < recent && !bundled.has(day));
    const spans = open.map((day) => ({ from: day, until: Math.min(day + DAY_SECONDS, recent) }));
    const batches = await this.batches.listWithin(region, [...spans, { from: recent, until: sealed + 1 }]);
    return { batches, days };
  }

  /** Without the full encoding where the deployment has switched it off. */
  private published<Entry extends BatchEntry | DayBundle>(entry: Entry): Entry {
    return this.config.publishFull ? entry : { ...entry, full: undefined };
  }

  private parentId(region: RegionId): string | undefined {
    const parent = this.regions.parent(region);
    return parent === undefined ? undefined : this.regions.format(parent);
  }

  /** Signed anew when less than half of its time is left, so that a cached answer is good for at least that long. */
  private signatureOf(index: BuiltIndex, now: number): string {
    if (index.signature === undefined || now > index.signature.renewAfter) {
      const validity = signatureValidity(this.config.slotSeconds);
      const validUntil = Math.ceil(now) + validity;
      const value = this.signer.sign('batch-signing', index.body, validUntil);
      index.signature = { value, renewAfter: now + validity / 2 };
    }
    return index.signature.value;
  }

  private maxAge(now: number): number {
    const left = Math.floor(this.slots.nextDue() - now);
    // At midnight a day passes its retention, also while a sealing is late: nobody may keep an index that lists it.
    const untilMidnight = Math.floor(dayOf(now) + DAY_SECONDS - now);
    return Math.min(left > 0 ? left : DUE_MAX_AGE_SECONDS, untilMidnight);
  }
}

/** Four slots, ten minutes at least: half of it outlives any cache's `max-age`, also while a sealing is late. */
function signatureValidity(slotSeconds: number): number {
  return Math.max(4 * slotSeconds, 600);
}
