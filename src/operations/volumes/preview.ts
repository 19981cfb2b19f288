import { Injectable } from '@nestjs/common';
import { Cens, longestHoldOf, mostFilledUp } from '../../cens/index.js';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import type { PartitionSettings } from '../../regions/index.js';
import { PerSealing } from './per-sealing.js';
import { wholeSlots } from './published-slots.js';
import type { PreviewBody } from './volumes.schema.js';
import { VolumesThread } from './volumes-thread.js';
import { daysCovered, firstDay } from './window.js';

/** Pairs of region and slot that a preview looks at, the latest: three weeks of hours in a country of 99 regions, or one slot of the whole Earth. */
const MAX_VOLUMES = 50_000;

/** What other settings would have made of what was published lately. Reads published volumes alone, and changes nothing. */
@Injectable()
export class Preview {
  private readonly previews = new PerSealing<Buffer>();

  constructor(
    private readonly cens: Cens,
    private readonly thread: VolumesThread,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** A `PreviewDocument` as JSON. */
  async of({ days, ...changes }: PreviewBody): Promise<Buffer> {
    const { splitAbove, minReports, regionMaxResolution } = this.config;
    const current = { splitAbove, minReports, regionMaxResolution };
    const wanted = { ...current, ...changes };
    const from = firstDay(this.clock.now(), days);
    const sealed = await this.cens.lastSealed();
    const question = JSON.stringify([from, days, wanted.splitAbove, wanted.minReports, wanted.regionMaxResolution]);
    return this.previews.get(sealed, question, () => this.compute(from, current, wanted));
  }

  private async compute(from: number, current: PartitionSettings, wanted: PartitionSettings): Promise<Buffer> {
    const read = await this.cens.slotVolumes(from, MAX_VOLUMES + 1);
    const volumes = wholeSlots(read, MAX_VOLUMES);
    const isCut = volumes.starts.length < read.starts.length;
    const slots = await this.cens.sealedSince(isCut ? volumes.starts[volumes.starts.length - 1] : from);
    const { minBatchCens, slotSeconds } = this.config;
    return this.thread.ask({
      kind: 'preview',
      volumes,
      current,
      wanted,
      decoys: { least: minBatchCens, most: mostFilledUp(minBatchCens) },
      longestHold: longestHoldOf(this.config),
      days: daysCovered(slots, slotSeconds),
    });
  }
}
