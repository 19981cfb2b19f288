import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { KeyUsers } from '../platform/keys/index.js';
import type { RegionId } from '../regions/index.js';
import { BatchRepository } from './batches/batch.repository.js';
import { type DailyVolume, type RegionVolume, type SlotVolume, VolumeRepository } from './batches/volume.repository.js';
import { PendingReportRepository } from './reports/pending-report.repository.js';
import { RetentionSchedule } from './retention/retention-schedule.js';
import { Restoration, type RestoreDecisions } from './sealing/restoration.js';
import { SealedSlots } from './sealing/sealed-slots.js';
import { SealingSchedule } from './sealing/sealing-schedule.js';
import { type SealingState, SealingWatch } from './sealing/sealing-watch.js';
import { SealingRepository, type SlotSummary } from './sealing/sealing.repository.js';
import { type SealingOutcome, Sealing } from './sealing/sealing.js';
import { dayOf } from './slot.js';

/** What was published in several slots, whole and by region. */
export interface PublishedSummary extends SlotSummary {
  readonly regions: readonly RegionVolume[];
}

/** The module's front door. */
@Injectable()
export class Cens implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly pending: PendingReportRepository,
    private readonly batches: BatchRepository,
    private readonly volumes: VolumeRepository,
    private readonly slots: SealedSlots,
    private readonly sealings: SealingRepository,
    private readonly sealing: Sealing,
    private readonly restoration: Restoration,
    private readonly sealingSchedule: SealingSchedule,
    private readonly sealingWatch: SealingWatch,
    private readonly retentionSchedule: RetentionSchedule,
    private readonly keyUsers: KeyUsers,
  ) {}

  onModuleInit(): void {
    this.keyUsers.register('pending-aead', () => this.pending.keyIds());
  }

  /** Follows which slots are sealed; before the first request is served. */
  async startReading(): Promise<void> {
    await this.slots.start();
    this.sealingWatch.start();
  }

  /** Drops what is past retention, then seals and drops on schedule until the application ends. */
  async startJobs(): Promise<void> {
    await this.retentionSchedule.start();
    this.sealingSchedule.start();
  }

  /** Seals at once what the last slot that has ended left to seal; for tests and the command line. */
  async seal(): Promise<SealingOutcome> {
    return this.sealing.seal();
  }

  /** Start of the latest sealed slot, whichever server sealed it. */
  async lastSealed(): Promise<number | undefined> {
    return (await this.sealings.latest())?.start;
  }

  /** How sealing stands, whoever does it. */
  sealingState(): SealingState {
    return this.sealingWatch.state();
  }

  /** How much was published where since `from`, and how the slots were divided: published volumes alone, nothing that is pending. */
  async summary(from: number): Promise<PublishedSummary> {
    const [slots, regions] = await Promise.all([this.sealings.summary(from), this.volumes.byRegion(from)]);
    return { ...slots, regions };
  }

  /** The volumes of some regions by UTC day since `from`. */
  async dailyVolumes(from: number, regions: readonly RegionId[]): Promise<DailyVolume[]> {
    return this.volumes.byDay(from, regions);
  }

  /** The latest `limit` pairs of region and slot with batches since `from`, newest slot first. */
  async slotVolumes(from: number, limit: number): Promise<SlotVolume[]> {
    return this.volumes.bySlot(from, limit);
  }

  /** First second of the oldest UTC day that has a batch in the database. */
  async oldestDay(): Promise<number | undefined> {
    const start = await this.batches.oldestStart();
    return start === undefined ? undefined : dayOf(start);
  }

  /**
   * After a restore from a backup, before a server runs on it: see {@link Restoration}.
   * @returns start of the first slot that can be published; undefined while a server is sealing
   */
  async beginAfterRestore(decisions: RestoreDecisions): Promise<number | undefined> {
    return this.restoration.begin(decisions);
  }

  /** An operator's word that the database's clock is right: sealing and retention go on (protocol section 8.2). Returns domain time. */
  async trustClock(): Promise<number> {
    const now = await this.sealings.now();
    await this.sealings.setBaseline(this.database.pool, now);
    return now;
  }
}
