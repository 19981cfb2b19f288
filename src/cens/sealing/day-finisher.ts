import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Connection } from '../../platform/database/index.js';
import type { RegionId } from '../../regions/index.js';
import { BatchRepository, type FileEntry } from '../batches/batch.repository.js';
import { DayBundleRepository } from '../batches/day-bundle.repository.js';
import { DAY_SECONDS, dayOf, isDayComplete } from '../slot.js';

/**
 * Regions with no more bytes in a day are finished by one statement for all of them, in Postgres: 2,000 of 24 batches each take 3.6 s,
 * and took 154 s with a query for each file. Larger ones cost a query for some 700 KB or more, which is little beside reading these.
 */
const MOST_AT_ONCE_BYTES = 16 * 1024 * 1024;

/** Writes the bundles of the UTC days that a sealing finishes, in the sealing's transaction. */
@Injectable()
export class DayFinisher {
  constructor(
    private readonly batches: BatchRepository,
    private readonly bundles: DayBundleRepository,
  ) {}

  /** Whether the day that holds this moment has its bundles: already before its last slot, where `SLOT_SECONDS` was longer. */
  async isFinished(connection: Connection, moment: number): Promise<boolean> {
    return this.bundles.hasDay(connection, dayOf(moment));
  }

  /** @param previous start of the slot that was sealed before `start`, if any */
  async finishDays(
    connection: Connection,
    previous: number | undefined,
    start: number,
    slotSeconds: number,
  ): Promise<void> {
    for (const day of daysFinishedBy(previous, start, slotSeconds)) {
      if (await this.isFinished(connection, day)) continue;
      await this.bundles.insertUpTo(connection, day, MOST_AT_ONCE_BYTES);
      for (const region of await this.batches.regionsAbove(connection, day, MOST_AT_ONCE_BYTES)) {
        await this.finishLargeRegion(connection, region, day);
      }
    }
  }

  /** File by file, through a running hash: whatever the size, in the memory of one batch. */
  private async finishLargeRegion(connection: Connection, region: RegionId, day: number): Promise<void> {
    const names = await this.batches.namesOfDay(connection, region, day);
    const compact = new RunningFile();
    const full = new RunningFile();
    for (const name of names) {
      const files = await this.batches.readFiles(connection, name);
      compact.append(files.compact);
      full.append(files.full);
    }
    const count = names.reduce((sum, name) => sum + name.count, 0);
    const bundle = { region, day, count, batches: names.length };
    await this.bundles.insert(connection, { ...bundle, compact: compact.entry()!, full: full.entry() });
  }
}

/** Days that were open after `previous` was sealed and are complete once `start` is. */
export function daysFinishedBy(previous: number | undefined, start: number, slotSeconds: number): number[] {
  const days: number[] = [];
  for (let day = dayOf(previous ?? start); day <= dayOf(start); day += DAY_SECONDS) {
    const before = previous !== undefined && isDayComplete(day, previous, slotSeconds);
    if (!before && isDayComplete(day, start, slotSeconds)) days.push(day);
  }
  return days;
}

/** Length and hash of files one after another; nothing as soon as one of them is missing. */
class RunningFile {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private complete = true;

  append(file: Uint8Array | undefined): void {
    this.complete &&= file !== undefined;
    if (file === undefined) return;
    this.hash.update(file);
    this.bytes += file.length;
  }

  entry(): FileEntry | undefined {
    return this.complete ? { bytes: this.bytes, sha256: this.hash.digest() } : undefined;
  }
}
