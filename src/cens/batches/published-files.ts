import { Injectable } from '@nestjs/common';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type RegionId, Regions } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { SealedSlots } from '../sealing/sealed-slots.js';
import { DAY_SECONDS, dayOf, oldestLiveDay } from '../slot.js';
import { type BatchEntry, type BatchName, BatchRepository, type Encoding, type FileEntry } from './batch.repository.js';
import { BoundedCache } from './bounded-cache.js';
import { DayBundleRepository } from './day-bundle.repository.js';
import { batchPath, dayPath } from './file-path.js';
import { Limit } from './limit.js';
import type { FileSegment, PublishedFile } from './published-file.js';
import { RegionCatalogue } from './region-catalogue.js';

/** Memory for the bytes of batches: some days of a whole country's compact files. */
const FILE_CACHE_BYTES = 128 * 1024 * 1024;
/** A file up to this is read, kept and sent in one piece: nearly as fast as from memory alone. A batch of 1.6 million CENs. */
const WHOLE_BYTES = 8 * 1024 * 1024;
/** A larger one is read and sent in slices: each holds this thread up for a millisecond, and a slow reader holds two of them. */
const SLICE_BYTES = 1024 * 1024;
/** Pieces read at the same time: with the lines above, 32 MiB at most, whatever is asked for. */
const PARALLEL_READS = 4;
/** Memory for what is known of files: 304s and ranges need no bytes. */
const ENTRY_CACHE_COUNT = 20_000;

/** Batches and day bundles as files, from memory, first read from Postgres. Nothing is kept of what was not found. */
@Injectable()
export class PublishedFiles {
  private readonly bytes = new BoundedCache<Buffer>(FILE_CACHE_BYTES, (file) => file.length);
  /** By their paths. */
  private readonly files = new BoundedCache<PublishedFile>(ENTRY_CACHE_COUNT, ({ segments }) => segments.length);

  private readonly reads = new Limit(PARALLEL_READS);

  constructor(
    private readonly batches: BatchRepository,
    private readonly bundles: DayBundleRepository,
    private readonly catalogue: RegionCatalogue,
    private readonly slots: SealedSlots,
    private readonly regions: Regions,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  /**
   * The file at this URL, if it has been asked for before and is not past its retention: nothing else can have happened to it.
   * For any other URL nothing, also where there is a file.
   */
  known(path: string): PublishedFile | undefined {
    const file = this.files.peek(path);
    return file !== undefined && this.clock.now() < file.expiresAt ? file : undefined;
  }

  /** @throws {CensError} `batch-expired` past retention, by the name alone; `batch-not-found` for unknown and future ones */
  async batch(name: BatchName, encoding: Encoding): Promise<PublishedFile> {
    const path = batchPath(this.regions.format(name.region), name, encoding);
    const known = this.known(path);
    if (known !== undefined) return known;
    this.requireLive(dayOf(name.start));
    await this.requireListed(name);
    return this.files.get(path, async () => {
      const batch = await this.entry(name);
      const entry = this.encodingOf(batch, encoding);
      return this.toFile(entry, dayOf(name.start), this.slices(batch, encoding, entry));
    });
  }

  /** The bundle of a UTC day, by its first second. Throws as {@link batch} does. */
  async dayBundle(region: RegionId, day: number, encoding: Encoding): Promise<PublishedFile> {
    const path = dayPath(this.regions.format(region), day, encoding);
    const known = this.known(path);
    if (known !== undefined) return known;
    this.requireLive(day);
    await this.requireListedDay(region, day);
    return this.files.get(path, async () => {
      const bundle = await this.bundles.find(region, day);
      if (bundle === undefined) throw new CensError('batch-not-found');
      const entry = this.encodingOf(bundle, encoding);
      const batches = await this.batches.listDay(region, day);
      return this.toFile(
        entry,
        day,
        batches.flatMap((batch) => this.slices(batch, encoding, this.encodingOf(batch, encoding))),
      );
    });
  }

  /** What is known of a batch; throws as {@link batch} does. */
  async entry(name: BatchName): Promise<BatchEntry> {
    this.requireLive(dayOf(name.start));
    await this.requireListed(name);
    const batch = await this.batches.find(name);
    if (batch === undefined) throw new CensError('batch-not-found');
    return batch;
  }

  private requireLive(day: number): void {
    const now = this.clock.now();
    if (day < oldestLiveDay(now, this.config.retentionDays)) throw new CensError('batch-expired');
    if (day > now) throw new CensError('batch-not-found');
  }

  /**
   * Refuses what does not exist from memory: made-up names must not cost a query each. What starts after the latest sealing
   * that is known here may have been sealed by another replica just now, if its slot has ended.
   */
  private async requireListed(name: BatchName): Promise<void> {
    const sealed = this.slots.latest() ?? Number.NEGATIVE_INFINITY;
    const { slotSeconds, retentionDays } = this.config;
    const now = this.clock.now();
    if (name.start > sealed) {
      const mayBeNew = name.start % slotSeconds === 0 && name.start + slotSeconds <= now;
      if (!mayBeNew) throw new CensError('batch-not-found');
      return;
    }
    await this.catalogue.follow(sealed, oldestLiveDay(now, retentionDays));
    if (!this.catalogue.has(name)) throw new CensError('batch-not-found');
  }

  /** Likewise of a day: it has a bundle when it is over, if it has a batch. */
  private async requireListedDay(region: RegionId, day: number): Promise<void> {
    const sealed = this.slots.latest() ?? Number.NEGATIVE_INFINITY;
    const { slotSeconds, retentionDays } = this.config;
    const now = this.clock.now();
    if (day + DAY_SECONDS > now) throw new CensError('batch-not-found');
    if (day + DAY_SECONDS - slotSeconds > sealed) return;
    await this.catalogue.follow(sealed, oldestLiveDay(now, retentionDays));
    for (let start = day; start < day + DAY_SECONDS; start += slotSeconds)
      if (this.catalogue.has({ region, start, part: 0 })) return;
    throw new CensError('batch-not-found');
  }

  private encodingOf(of: { compact: FileEntry; full: FileEntry | undefined }, encoding: Encoding): FileEntry {
    const entry = encoding === 'full' && !this.config.publishFull ? undefined : of[encoding];
    if (entry === undefined)
      throw new CensError('batch-not-found', { detail: `This deployment publishes no ${encoding} encoding of it.` });
    return entry;
  }

  /** A file in slices, so that one byte of a large file costs no more memory than a slice. */
  private slices(batch: BatchName, encoding: Encoding, { bytes }: FileEntry): FileSegment[] {
    const most = bytes > WHOLE_BYTES ? SLICE_BYTES : WHOLE_BYTES;
    return Array.from({ length: Math.ceil(bytes / most) }, (_, slice) => {
      const from = slice * most;
      const length = Math.min(most, bytes - from);
      const key = `${this.idOf(batch)}.${encoding}/${slice}`;
      return {
        bytes: length,
        load: () => this.bytes.get(key, () => this.readSlice(batch, encoding, from, length)),
        inMemory: () => this.bytes.peek(key),
      };
    });
  }

  private async readSlice(batch: BatchName, encoding: Encoding, from: number, length: number): Promise<Buffer> {
    const slice = await this.reads.run(() => this.batches.readSlice(batch, encoding, from, length));
    if (slice === undefined) throw new CensError('batch-expired');
    return slice;
  }

  private toFile({ bytes, sha256 }: FileEntry, day: number, segments: FileSegment[]): PublishedFile {
    const expiresAt = day + this.config.retentionDays * DAY_SECONDS;
    return { bytes, sha256: sha256.toString('hex'), segments, expiresAt };
  }

  private idOf({ region, start, part }: BatchName): string {
    return `${this.regions.format(region)}/${start}-${part}`;
  }
}
