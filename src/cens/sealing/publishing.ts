import { Injectable } from '@nestjs/common';
import { type RemainderBits, sortUnique } from 'cen-client/encode';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { Connection } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { type PlannedRegion, WORLD } from '../../regions/index.js';
import { BatchRepository } from '../batches/batch.repository.js';
import type { PendingReport } from '../reports/pending-codec.js';
import { buildBatchFiles } from './batch-file.js';
import { takeCens } from './plan.js';

/** What all batches of one sealing have in common. */
export interface PublishedSlot {
  /** Unix second at which the slot starts. */
  readonly start: number;
  /** Unix second, rounded up: every observation that a report in it can hold was made before (protocol section 7). */
  readonly sealedAt: number;
}

/** Turns the CENs of planned regions into batches, on the sealing's connection. */
@Injectable()
export class Publishing {
  constructor(
    private readonly batches: BatchRepository,
    private readonly keys: KeyRing,
    @InjectConfig() private readonly config: Config,
  ) {}

  /**
   * Takes the CENs out of the reports, which are empty afterwards.
   * @param free the statement that still runs on the connection
   * @returns how many batches it has stored
   */
  async publish(
    connection: Connection,
    planned: readonly PlannedRegion[],
    reports: readonly PendingReport[],
    { start, sealedAt }: PublishedSlot,
    free: Promise<unknown>,
  ): Promise<number> {
    let published = 0;
    for (const region of planned) {
      const meta = { region: region.region, slotStart: start, slotSeconds: this.config.slotSeconds, sealedAt };
      const files = buildBatchFiles({
        meta,
        sorted: sortUnique(takeCens(region, reports)),
        fillUpTo: region.region === WORLD ? this.config.minBatchCens : 0,
        cenShape: this.config.cenShape,
        remainderBits: this.config.compactRemainderBits as RemainderBits,
        publishFull: this.config.publishFull,
        signingKey: this.keys.current('batch-signing'),
      });
      for (const file of files) {
        await free;
        await this.batches.insert(connection, { ...meta, ...file, start });
        published += 1;
      }
    }
    return published;
  }
}
