import { Injectable } from '@nestjs/common';
import { Permissions } from '../../permissions/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { DayBundleRepository } from '../batches/day-bundle.repository.js';
import { clockFault } from '../sealing/clock-guard.js';
import { SealingRepository } from '../sealing/sealing.repository.js';
import { oldestLiveDay } from '../slot.js';
import { PartitionsRepository } from './partitions.repository.js';

/** What came of a run: `busy` when another replica is at it, `halted` when the clock cannot be trusted. */
export type RetentionOutcome =
  | { readonly kind: 'busy' }
  | { readonly kind: 'halted'; readonly fault: string }
  | { readonly kind: 'done'; readonly droppedDays: number };

/**
 * Drops what is past retention. Readers stop seeing it by the clock, to the second, whether this has run or not; this is
 * what makes it gone from the database.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly partitions: PartitionsRepository,
    private readonly bundles: DayBundleRepository,
    private readonly sealings: SealingRepository,
    private readonly permissions: Permissions,
    @InjectConfig() private readonly config: Config,
  ) {}

  async run(): Promise<RetentionOutcome> {
    const connection = await this.database.connect();
    try {
      if (!(await this.partitions.tryLock(connection))) return { kind: 'busy' };
      const moment = await this.sealings.moment(connection);
      const fault = clockFault(moment.now, moment.baseline);
      if (fault !== undefined) return { kind: 'halted', fault };
      return await this.drop(connection, oldestLiveDay(moment.now, this.config.retentionDays));
    } finally {
      await connection.end();
    }
  }

  private async drop(connection: Connection, oldestLive: number): Promise<RetentionOutcome> {
    const expired = (await this.partitions.list(connection)).filter(({ day }) => day < oldestLive);
    for (const partition of expired) await this.partitions.detach(connection, partition);
    const loose = (await this.partitions.loose(connection)).filter(({ day }) => day < oldestLive);
    for (const partition of loose) await this.partitions.drop(connection, partition);
    await this.bundles.deleteBefore(oldestLive);
    await this.sealings.forgetSlotsBefore(connection, oldestLive);
    await this.database.transaction((client) => this.permissions.purgeExpired(client));
    return { kind: 'done', droppedDays: new Set(loose.map(({ day }) => day)).size };
  }
}
