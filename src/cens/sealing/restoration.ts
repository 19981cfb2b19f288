import { Injectable } from '@nestjs/common';
import { Permissions } from '../../permissions/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { PendingReportRepository } from '../reports/pending-report.repository.js';
import { lastEndedSlot } from '../slot.js';
import { SealingRepository } from './sealing.repository.js';

/** What an operator decides after a restore (ADR 0021). */
export interface RestoreDecisions {
  /** Deletes what is pending: it was published after the backup, from the database that is gone. */
  readonly dropReports: boolean;
  /** Deletes all live numbers: those that were used after the backup would work again. */
  readonly dropNumbers: boolean;
}

/** Makes a database that was restored from a backup safe to go on from. */
@Injectable()
export class Restoration {
  constructor(
    private readonly database: Database,
    private readonly sealings: SealingRepository,
    private readonly pending: PendingReportRepository,
    private readonly permissions: Permissions,
    @InjectConfig() private readonly config: Config,
  ) {}

  /**
   * Passes over every slot that may have been published before the restore, trusts the clock, and drops what was decided: all
   * of it or nothing.
   * @returns start of the first slot that can be published; undefined, and nothing done, while a server is sealing
   */
  async begin(decisions: RestoreDecisions): Promise<number | undefined> {
    const connection = await this.database.connect();
    try {
      if (!(await this.sealings.tryLock(connection))) return undefined;
      const database = await this.sealings.databaseIdentity(connection);
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      const first = await this.passOver(connection, database);
      if (decisions.dropReports) await this.pending.deleteAll(connection);
      if (decisions.dropNumbers) await this.permissions.forgetNumbers(connection);
      await connection.query('COMMIT');
      return first;
    } finally {
      await connection.end();
    }
  }

  private async passOver(connection: Connection, database: string | undefined): Promise<number> {
    const moment = await this.sealings.moment(connection);
    const slot = lastEndedSlot(moment.now, this.config.slotSeconds);
    await this.sealings.insertSlot(connection, slot, moment.now);
    await this.sealings.passOver(connection, moment, database);
    return Math.max(slot, moment.latestStart ?? slot) + this.config.slotSeconds;
  }
}
