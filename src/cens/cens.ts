import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, InjectConfig } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import type { EarlyAnswer } from '../platform/http/index.js';
import { KeyUsers } from '../platform/keys/index.js';
import { BatchRepository } from './batches/batch.repository.js';
import { KnownAnswers } from './batches/known-answers.js';
import {
  VolumeRepository,
  type VolumesByDay,
  type VolumesByRegion,
  type VolumesBySlot,
} from './batches/volume.repository.js';
import { PendingReportRepository } from './reports/pending-report.repository.js';
import { RetentionSchedule } from './retention/retention-schedule.js';
import { mostFilledUp } from './sealing/decoys.js';
import { Restoration, type RestoreDecisions } from './sealing/restoration.js';
import { SealedSlots } from './sealing/sealed-slots.js';
import { SealingSchedule } from './sealing/sealing-schedule.js';
import { type SealingState, SealingWatch } from './sealing/sealing-watch.js';
import { SealingRepository, type SlotSummary } from './sealing/sealing.repository.js';
import { type SealingOutcome, Sealing } from './sealing/sealing.js';
import { dayOf } from './slot.js';

/** The module's front door. */
@Injectable()
export class Cens implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly pending: PendingReportRepository,
    private readonly batches: BatchRepository,
    private readonly published: VolumeRepository,
    private readonly knownAnswers: KnownAnswers,
    private readonly slots: SealedSlots,
    private readonly sealings: SealingRepository,
    private readonly sealing: Sealing,
    private readonly restoration: Restoration,
    private readonly sealingSchedule: SealingSchedule,
    private readonly sealingWatch: SealingWatch,
    private readonly retentionSchedule: RetentionSchedule,
    private readonly keyUsers: KeyUsers,
    @InjectConfig() private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.keyUsers.register('pending-aead', () => this.pending.keyIds());
  }

  /** Follows which slots are sealed; before the first request is served. */
  async startReading(): Promise<void> {
    await this.slots.start();
    this.sealingWatch.start();
  }

  /** What is known of what is published and needs no look into the database; for processes that serve the public. */
  answerFromMemory(request: IncomingMessage): EarlyAnswer | undefined {
    return this.knownAnswers.answer(request);
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

  /** The slots sealed since `from`, and how they were divided. */
  async sealedSince(from: number): Promise<SlotSummary> {
    return this.sealings.summary(from);
  }

  /** How much was published in each region since the UTC day that starts at `from`. Like all volumes, nothing that is pending. */
  async volumes(from: number): Promise<VolumesByRegion> {
    return this.published.byRegion(from);
  }

  /** The `most` regions with most CENs by UTC day since `from`, in the order of region and day. */
  async dailyVolumes(from: number, most: number): Promise<VolumesByDay> {
    return this.published.byDay(from, most);
  }

  /** The latest `limit` pairs of region and slot with batches since `from`, newest slot first. */
  async slotVolumes(from: number, limit: number): Promise<VolumesBySlot> {
    return this.published.bySlot(from, limit);
  }

  /** CENs of world batches since `from` that are no larger than one that was filled up with decoys: nobody knows how many are real. */
  async censAmongDecoys(from: number): Promise<number> {
    return this.published.ofSmallWorlds(from, mostFilledUp(this.config.minBatchCens));
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
