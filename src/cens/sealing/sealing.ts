import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Permissions } from '../../permissions/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type Connection, Database } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { Regions } from '../../regions/index.js';
import { openPending, type PendingReport, sealPending } from '../reports/pending-codec.js';
import { PendingReportRepository } from '../reports/pending-report.repository.js';
import { type MissingPartitions, PartitionsRepository } from '../retention/partitions.repository.js';
import { dayOf, lastEndedSlot } from '../slot.js';
import { clockFault } from './clock-guard.js';
import { DayFinisher, daysFinishedBy } from './day-finisher.js';
import { selectPending, shuffled } from './pending-selection.js';
import { planSealing } from './plan.js';
import { Publishing } from './publishing.js';
import { redeemedNumbers } from './redeemed-numbers.js';
import { SealingRepository } from './sealing.repository.js';
import { stepBackProcess } from './step-back.js';

/** How long a retry of a published report still gets its answer (invariant 2). */
const RETRY_SECONDS = 48 * 3600;

/** What came of an attempt to seal. */
export type SealingOutcome =
  | { readonly kind: 'busy' }
  | { readonly kind: 'not-due' }
  | { readonly kind: 'halted'; readonly fault: string }
  /** The first sealing after a restore or a failover publishes nothing: the slot may have been published before (ADR 0021). */
  | { readonly kind: 'passed-over'; readonly slot: number }
  | SealedOutcome;

export interface SealedOutcome {
  readonly kind: 'sealed';
  /** Unix second at which the sealed slot starts. */
  readonly slot: number;
  readonly reports: number;
  readonly batches: number;
  /** Whether some reports, or all, wait for a later slot for want of others. */
  readonly held: boolean;
  /** Reports that were too many for one sealing. */
  readonly left: number;
  /** Reports that could not be decrypted: they stay where they are, and each sealing tries again. */
  readonly unreadable: number;
}

/** Pending reports as a sealing has read them. */
interface ReadReports {
  readonly reports: readonly PendingReport[];
  /** Row ids of these. */
  readonly ids: readonly string[];
  readonly left: number;
  readonly unreadable: number;
}

/**
 * Turns the pending reports into the batches of the last slot that has ended: once over all replicas, in one transaction
 * (protocol section 8). Whatever happens to this process, either all of it is visible or none.
 */
@Injectable()
export class Sealing {
  constructor(
    private readonly database: Database,
    private readonly sealings: SealingRepository,
    private readonly pending: PendingReportRepository,
    private readonly partitions: PartitionsRepository,
    private readonly publishing: Publishing,
    private readonly days: DayFinisher,
    private readonly permissions: Permissions,
    private readonly regions: Regions,
    private readonly keys: KeyRing,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** Seals on a connection of its own; `busy` when another replica is at it. */
  async seal(): Promise<SealingOutcome> {
    const connection = await this.database.connect();
    try {
      await this.stepBack(connection);
      if (!(await this.sealings.tryLock(connection))) return { kind: 'busy' };
      const database = await this.sealings.databaseIdentity(connection);
      const missing = await this.partitions.ensureAhead(connection);
      return await this.sealLocked(connection, database, missing);
    } finally {
      await connection.end();
    }
  }

  /** For the readers of a slot that has been sealed, on a connection of its own: {@link PartitionsRepository.settle}. */
  async settle(slot: number): Promise<void> {
    const connection = await this.database.connect();
    try {
      await this.stepBack(connection);
      await this.partitions.settle(connection, dayOf(slot));
    } finally {
      await connection.end();
    }
  }

  /** The embedded Postgres shares the processors with what answers requests. */
  private async stepBack(connection: Connection): Promise<void> {
    if (this.config.databaseUrl === undefined) stepBackProcess(await this.sealings.processOf(connection), 'postgres');
  }

  private async sealLocked(
    connection: Connection,
    database: string | undefined,
    missing: MissingPartitions,
  ): Promise<SealingOutcome> {
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const outcome = await this.sealSnapshot(connection, database, missing);
    const done = outcome.kind === 'sealed' || outcome.kind === 'passed-over';
    await connection.query(done ? 'COMMIT' : 'ROLLBACK');
    return outcome;
  }

  private async sealSnapshot(
    connection: Connection,
    database: string | undefined,
    missing: MissingPartitions,
  ): Promise<SealingOutcome> {
    const moment = await this.sealings.moment(connection);
    const fault = clockFault(moment.now, moment.baseline);
    if (fault !== undefined) return { kind: 'halted', fault };
    const slot = lastEndedSlot(moment.now, this.config.slotSeconds);
    if (await this.days.isFinished(connection, slot)) return { kind: 'not-due' };
    if (!(await this.sealings.insertSlot(connection, slot, moment.now))) return { kind: 'not-due' };

    if (isAnotherDatabase(moment.database, database)) {
      await this.sealings.passOver(connection, moment, database);
      return { kind: 'passed-over', slot };
    }

    const { reports, ids, left, unreadable } = await this.readPending(connection);
    const plan = planSealing(reports, slot, this.config, this.regions);
    if (plan.regions.length > 0 && missing.days.includes(dayOf(slot))) throw missing.reason;
    const published = reports.filter((_, i) => !plan.held.has(i));
    const held = [...plan.held].map((i) => ({ ...reports[i], heldSince: reports[i].heldSince ?? slot }));
    const heldSince = earliestOf(held);
    // Postgres deletes while this thread sorts: neither needs the other.
    const deleted = this.pending.delete(connection, ids);
    const moments = { start: slot, sealedAt: Math.ceil(moment.now) };
    const publishing = this.publishing.publish(connection, plan.regions, reports, moments, deleted);
    // Neither outlives this sealing where the other fails: the next one has the same threads.
    await Promise.allSettled([publishing, deleted]);
    const [batches] = await Promise.all([publishing, deleted]);

    await this.days.finishDays(connection, moment.latestStart, slot, this.config.slotSeconds);
    await this.permissions.sealProofs(connection, {
      forgetAt: moment.now + RETRY_SECONDS,
      slot,
      heldSince,
      hasUnread: left > 0 || unreadable > 0,
    });
    await this.permissions.countEnds(connection, {
      redeemed: redeemedNumbers(published),
      finishedDay: daysFinishedBy(moment.latestStart, slot, this.config.slotSeconds).at(-1),
    });
    await this.sealings.record(connection, slot, {
      pending: ids.length + left + unreadable,
      left,
      unreadable,
      movedUp: plan.movedUp,
      heldSince,
    });
    await this.sealings.setBaseline(connection, moment.now, database);
    await this.keepHeld(connection, held);
    await this.sealings.announce(connection);
    return { kind: 'sealed', slot, reports: published.length, batches, held: held.length > 0, left, unreadable };
  }

  /**
   * Reports that wait are written anew, in random order: neither a row's place nor its `xmin` tells when a report came. Last of all:
   * the transaction must commit before their key can be destroyed.
   */
  private async keepHeld(connection: Connection, reports: readonly PendingReport[]): Promise<void> {
    for (const report of shuffled(reports)) {
      await this.pending.insert(connection, sealPending(randomUUID(), report, this.keys.current('pending-aead')));
    }
  }

  /** As many as one sealing takes. One that nobody can read must not keep the others from being published. */
  private async readPending(connection: Connection): Promise<ReadReports> {
    const rows = await this.pending.sizes(connection);
    const keyIds = new Set(rows.map(({ keyId }) => keyId));
    const lost = new Set([...keyIds].filter((id) => this.keys.find('pending-aead', id) === undefined));
    const known = rows.filter(({ keyId }) => !lost.has(keyId));
    const selection = selectPending(known, this.config.sealMaxCens);
    const read: { id: string; report: PendingReport }[] = [];
    for await (const row of this.pending.read(connection, selection.ids)) {
      const report = openPending(row, this.keys);
      if (report !== undefined) read.push({ id: row.id, report });
    }
    return {
      reports: read.map(({ report }) => report),
      ids: read.map(({ id }) => id),
      left: selection.left,
      unreadable: rows.length - known.length + selection.ids.length - read.length,
    };
  }
}

/** Undefined of none. A loop: there may be more of them than a call takes arguments. */
function earliestOf(held: readonly { readonly heldSince: number }[]): number | undefined {
  let earliest: number | undefined;
  for (const { heldSince } of held) earliest = Math.min(earliest ?? heldSince, heldSince);
  return earliest;
}

/** Where either is not known, it is taken for the same. */
function isAnotherDatabase(before: string | undefined, now: string | undefined): boolean {
  return before !== undefined && now !== undefined && before !== now;
}
