import { Injectable } from '@nestjs/common';
import { groupByFirstByte, type RemainderBits, sortGrouped } from 'cen-client/encode';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { Connection } from '../../platform/database/index.js';
import { ed25519PrivateKey, KeyRing } from '../../platform/keys/index.js';
import { type PlannedRegion, WORLD } from '../../regions/index.js';
import { BatchRepository, type NewBatch } from '../batches/batch.repository.js';
import type { PendingReport } from '../reports/pending-codec.js';
import { CEN_BYTES } from '../reports/report.js';
import { buildBatchFiles, finished, type SigningKey } from './batch-file.js';
import { EncodingThread, type UnsortedOrder } from './encoding-thread.js';
import { oneAhead } from './one-ahead.js';
import { takeCens } from './plan.js';

/** Below so many CENs of a sealing, starting a thread takes longer than sorting and encoding them here. */
const THREAD_FROM_CENS = 100_000;

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
    private readonly encoding: EncodingThread,
    private readonly keys: KeyRing,
    @InjectConfig() private readonly config: Config,
  ) {}

  /**
   * Takes the CENs out of the reports, which are empty afterwards. Each file is made while Postgres takes in the one before it.
   * @param free the statement that still runs on the connection
   * @returns how many batches it has stored
   */
  async publish(
    connection: Connection,
    planned: readonly PlannedRegion[],
    reports: readonly PendingReport[],
    slot: PublishedSlot,
    free: Promise<unknown>,
  ): Promise<number> {
    let published = 0;
    for await (const batch of oneAhead(this.batchesOf(planned, reports, slot))) {
      await free;
      await this.batches.insert(connection, batch);
      published += 1;
    }
    return published;
  }

  private async *batchesOf(
    planned: readonly PlannedRegion[],
    reports: readonly PendingReport[],
    { start, sealedAt }: PublishedSlot,
  ): AsyncGenerator<NewBatch, void, undefined> {
    const isLarge = censOf(planned, reports) >= THREAD_FROM_CENS;
    for (const region of planned) {
      const meta = { region: region.region, slotStart: start, slotSeconds: this.config.slotSeconds, sealedAt };
      const order: UnsortedOrder = {
        meta,
        cens: groupByFirstByte(takeCens(region, reports), (bytes) => new SharedArrayBuffer(bytes)),
        fillUpTo: region.region === WORLD ? this.config.minBatchCens : 0,
        cenShape: this.config.cenShape,
        remainderBits: this.config.compactRemainderBits as RemainderBits,
        publishFull: this.config.publishFull,
        signingKey: this.signingKey(),
      };
      for await (const files of isLarge ? this.encoding.encode(order) : encodeHere(order)) {
        yield { ...meta, ...files, start };
      }
    }
  }

  private signingKey(): SigningKey {
    const key = this.keys.current('batch-signing');
    return { id: key.id, privateKey: ed25519PrivateKey(key) };
  }
}

function censOf(planned: readonly PlannedRegion[], reports: readonly PendingReport[]): number {
  const bytes = planned.flatMap(({ groups }) =>
    groups.map(({ report, group }) => reports[report].groups[group].cens.length),
  );
  return bytes.reduce((sum, length) => sum + length, 0) / CEN_BYTES;
}

function* encodeHere(order: UnsortedOrder): Generator<ReturnType<typeof finished>> {
  for (const part of buildBatchFiles({ ...order, sorted: sortGrouped(order.cens) })) yield finished(part);
}
