import { Injectable } from '@nestjs/common';
import { Cens } from '../../cens/index.js';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { alertDocument, ALERTS, isAlertCode } from '../../platform/health/index.js';
import { keyAges, KeyRing } from '../../platform/keys/index.js';
import { ReplicaRepository, type SharedAlert } from '../replicas/replica.repository.js';
import { VERSION } from '../replicas/version.js';
import type { SystemDocument } from './system.schema.js';

const DAY_SECONDS = 86_400;
/** To whole multiples of so many bytes the size of the database is rounded up. */
const SIZE_STEP = 16 * 1024 * 1024;

/** How the deployment stands, over all replicas, as operators look at it. */
@Injectable()
export class System {
  private size: { readonly slot: number | undefined; readonly bytes: number } | undefined;

  constructor(
    private readonly cens: Cens,
    private readonly replicas: ReplicaRepository,
    private readonly keys: KeyRing,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  async look(): Promise<SystemDocument> {
    const { slotSeconds } = this.config;
    return {
      serverTime: this.clock.now(),
      slotSeconds,
      version: VERSION,
      sealing: this.sealing(),
      retention: await this.retention(),
      keys: keyAges(this.keys.list(), this.keys.now()),
      replicas: await this.replicas.list(),
      database: { bytes: await this.databaseBytes() },
      alerts: describeAlerts(await this.replicas.alerts()),
    };
  }

  private sealing(): SystemDocument['sealing'] {
    const { latest, nextDue, overdue } = this.cens.sealingState();
    return {
      lastSlot: latest?.start ?? null,
      lastSealedAt: latest?.sealedAt ?? null,
      nextDueAt: nextDue,
      overdue,
      heldSince: latest?.heldSince ?? null,
      pendingAtLastSealing: this.pendingAtLastSealing(),
    };
  }

  /** As counted at the sealing: a live count, or a small one, would tell when somebody has used a number. */
  private pendingAtLastSealing(): number | null {
    const pending = this.cens.sealingState().latest?.pending ?? 0;
    return pending < this.config.minReports ? null : pending;
  }

  /** As of the latest sealing, roughly: a report takes 150 kB until then, and a live figure would tell when one has come. */
  private async databaseBytes(): Promise<number> {
    const slot = this.cens.sealingState().latest?.start;
    if (this.size === undefined || this.size.slot !== slot) {
      this.size = { slot, bytes: Math.ceil((await this.replicas.databaseBytes()) / SIZE_STEP) * SIZE_STEP };
    }
    return this.size.bytes;
  }

  private async retention(): Promise<SystemDocument['retention']> {
    const days = this.config.retentionDays;
    const oldest = await this.cens.oldestDay();
    const today = Math.floor(this.clock.now() / DAY_SECONDS) * DAY_SECONDS;
    return {
      days,
      oldestDay: oldest === undefined ? null : new Date(oldest * 1000).toISOString().slice(0, 10),
      nextDropAt: (oldest ?? today) + days * DAY_SECONDS,
    };
  }
}

/** In the order of the list, the gravest first; codes that only another build knows are for that one's log. */
function describeAlerts(shared: readonly SharedAlert[]): SystemDocument['alerts'] {
  const raised = new Map(shared.map((alert) => [alert.code, alert]));
  return Object.keys(ALERTS)
    .filter(isAlertCode)
    .flatMap((code) => {
      const alert = raised.get(code);
      if (alert === undefined) return [];
      const { severity, meaning, advice } = ALERTS[code];
      const detail = alert.count === undefined ? meaning : `${meaning} Now: ${alert.count}.`;
      return [{ code, severity, since: alert.since, detail, advice, doc: alertDocument(code) }];
    });
}
