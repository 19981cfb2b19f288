import { Injectable } from '@nestjs/common';
import { Cens, type DailyVolume } from '../../cens/index.js';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type RegionId, Regions } from '../../regions/index.js';
import { PerSealing } from './per-sealing.js';
import { pathFigures } from './region-paths.js';
import { MAX_REGIONS, type VolumesDocument, type VolumesQuery } from './volumes.schema.js';
import { dateOf, daysCovered, firstDay, rate } from './window.js';

/** How much was published where in the last days, and what phones there download. */
@Injectable()
export class RegionVolumes {
  private readonly looks = new PerSealing<VolumesDocument>();

  constructor(
    private readonly cens: Cens,
    private readonly regions: Regions,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  async look({ days, outline }: VolumesQuery): Promise<VolumesDocument> {
    const from = firstDay(this.clock.now(), days);
    const sealed = await this.cens.lastSealed();
    const document = await this.looks.get(sealed, `${from} ${days}`, () => this.compute(from, days));
    return outline === 'false' ? document : { ...document, regions: document.regions.map((one) => this.drawn(one)) };
  }

  private async compute(from: number, days: number): Promise<VolumesDocument> {
    const summary = await this.cens.summary(from);
    const { bytes, deepest, medianResolution, allBytes } = pathFigures(summary.regions, this.regions);
    const shown = [...summary.regions].sort((a, b) => b.cens - a.cens).slice(0, MAX_REGIONS);
    const daily = byRegion(
      await this.cens.dailyVolumes(
        from,
        shown.map(({ region }) => region),
      ),
    );
    const covered = daysCovered(summary, this.config.slotSeconds);
    const { splitAbove, minReports, regionMaxResolution } = this.config;
    return {
      from: dateOf(from),
      to: dateOf(from + (days - 1) * 86_400),
      settings: { splitAbove, minReports, regionMaxResolution },
      slots: summary.slots,
      depth: { deepest, median: medianResolution },
      floor: { slots: summary.slotsMoved, moved: summary.moved },
      world: rate(allBytes, covered),
      omitted: summary.regions.length - shown.length,
      regions: shown.map(({ region }) => ({
        ...this.describe(region),
        days: (daily.get(region) ?? []).map(({ day, batches, cens, bytes: size }) => {
          return { date: dateOf(day), batches, cens, bytes: size };
        }),
        path: rate(bytes.get(region) ?? 0, covered),
      })),
    };
  }

  private describe(region: RegionId) {
    const parent = this.regions.parent(region);
    const { label, centre } = this.regions.describe(region);
    return {
      region: this.regions.format(region),
      parent: parent === undefined ? null : this.regions.format(parent),
      resolution: this.regions.resolution(region),
      label,
      centre: centre === null ? null : { ...centre },
    };
  }

  private drawn(one: VolumesDocument['regions'][number]): VolumesDocument['regions'][number] {
    return { ...one, outline: this.regions.corners(this.regions.parse(one.region)) };
  }
}

function byRegion(volumes: readonly DailyVolume[]): Map<RegionId, DailyVolume[]> {
  const map = new Map<RegionId, DailyVolume[]>();
  for (const volume of volumes) map.set(volume.region, [...(map.get(volume.region) ?? []), volume]);
  return map;
}
