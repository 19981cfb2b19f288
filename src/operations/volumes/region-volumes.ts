import { Injectable } from '@nestjs/common';
import { Cens } from '../../cens/index.js';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { PerSealing } from './per-sealing.js';
import { MAX_REGIONS, type VolumesQuery } from './volumes.schema.js';
import { VolumesThread } from './volumes-thread.js';
import { DAY_SECONDS, daysCovered, firstDay } from './window.js';

/** How much was published where in the last days, and what phones there download. */
@Injectable()
export class RegionVolumes {
  private readonly looks = new PerSealing<Buffer>();

  constructor(
    private readonly cens: Cens,
    private readonly thread: VolumesThread,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** A `VolumesDocument` as JSON. */
  async look({ days, outline }: VolumesQuery): Promise<Buffer> {
    const from = firstDay(this.clock.now(), days);
    const sealed = await this.cens.lastSealed();
    const question = `${from} ${days} ${outline}`;
    return this.looks.get(sealed, question, () => this.compute(from, days, outline === 'true'));
  }

  private async compute(from: number, days: number, withOutlines: boolean): Promise<Buffer> {
    const [slots, volumes, daily, amongDecoys] = await Promise.all([
      this.cens.sealedSince(from),
      this.cens.volumes(from),
      this.cens.dailyVolumes(from, MAX_REGIONS),
      this.cens.censAmongDecoys(from),
    ]);
    const { splitAbove, minReports, regionMaxResolution, slotSeconds } = this.config;
    return this.thread.ask({
      kind: 'volumes',
      from,
      to: from + (days - 1) * DAY_SECONDS,
      settings: { splitAbove, minReports, regionMaxResolution },
      slots,
      days: daysCovered(slots, slotSeconds),
      volumes,
      daily,
      amongDecoys,
      withOutlines,
    });
  }
}
