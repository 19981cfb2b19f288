import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Cens, type SlotVolume } from '../../cens/index.js';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type PartitionSettings, type RegionId, Regions, WORLD } from '../../regions/index.js';
import { modelledSlot } from './modelled-slot.js';
import { PerSealing } from './per-sealing.js';
import { type PathFigures, pathFigures, type Volume } from './region-paths.js';
import { MAX_REGIONS, type PreviewBody, type PreviewDocument } from './volumes.schema.js';
import { daysCovered, firstDay, rate } from './window.js';

/** Pairs of region and slot that a preview looks at, the latest: three weeks of hours in a country of 99 regions, or one slot of the whole Earth. */
const MAX_VOLUMES = 50_000;

/** What other settings would have made of what was published lately. Reads published volumes alone, and changes nothing. */
@Injectable()
export class Preview {
  private readonly previews = new PerSealing<PreviewDocument>();

  constructor(
    private readonly cens: Cens,
    private readonly regions: Regions,
    private readonly clock: DomainClock,
    @InjectConfig() private readonly config: Config,
  ) {}

  async of({ days, ...changes }: PreviewBody): Promise<PreviewDocument> {
    const { splitAbove, minReports, regionMaxResolution } = this.config;
    const current = { splitAbove, minReports, regionMaxResolution };
    const wanted = { ...current, ...changes };
    const from = firstDay(this.clock.now(), days);
    const sealed = await this.cens.lastSealed();
    const question = JSON.stringify([from, days, wanted.splitAbove, wanted.minReports, wanted.regionMaxResolution]);
    return this.previews.get(sealed, question, () => this.compute(from, current, wanted));
  }

  private async compute(from: number, current: PartitionSettings, wanted: PartitionSettings): Promise<PreviewDocument> {
    const slots = wholeSlots(await this.cens.slotVolumes(from, MAX_VOLUMES + 1));
    const oldest = slots.isCut ? slots.volumes[slots.volumes.length - 1][0].start : from;
    const summary = await this.cens.summary(oldest);
    const bytesPerCen = ratio(summary.regions);
    const planned: SlotVolume[] = [];
    let estimated = wanted.minReports !== current.minReports;
    for (const volumes of slots.volumes) {
      const { pending, isSpread } = modelledSlot(volumes, current, wanted, this.regions);
      estimated ||= isSpread;
      const { regions, short } = this.regions.partition(pending, wanted);
      for (const { region, cens } of short === undefined ? regions : [short]) {
        planned.push({ region, start: volumes[0].start, cens: this.withDecoys(region, cens) });
      }
      // Others are served in between: a slot takes milliseconds, all of them up to seconds.
      await setImmediate();
    }
    const covered = daysCovered(summary, this.config.slotSeconds);
    const now = totals(slots.volumes.flat(), bytesPerCen);
    const then = totals(planned, bytesPerCen);
    const figures = pathFigures(then, this.regions);
    const shown = [...then].sort((a, b) => b.cens - a.cens).slice(0, MAX_REGIONS);
    return {
      estimated,
      slots: slots.volumes.length,
      current: outcome(current, now, pathFigures(now, this.regions), covered),
      preview: outcome(wanted, then, figures, covered),
      omitted: then.length - shown.length,
      regions: shown.map(({ region }) => ({
        region: this.regions.format(region),
        label: this.regions.describe(region).label,
        resolution: this.regions.resolution(region),
        path: rate(figures.bytes.get(region) ?? 0, covered),
      })),
    };
  }

  private withDecoys(region: RegionId, cens: number): number {
    return region === WORLD ? Math.max(cens, this.config.minBatchCens) : cens;
  }
}

/** Newest first. Where there were too many, the oldest slot may lack regions and is left out. */
function wholeSlots(volumes: readonly SlotVolume[]): { volumes: SlotVolume[][]; isCut: boolean } {
  const slots = new Map<number, SlotVolume[]>();
  for (const volume of volumes) {
    const slot = slots.get(volume.start);
    if (slot === undefined) slots.set(volume.start, [volume]);
    else slot.push(volume);
  }
  const all = [...slots.values()];
  const isCut = volumes.length > MAX_VOLUMES && all.length > 1;
  return { volumes: isCut ? all.slice(0, -1) : all, isCut };
}

function ratio(volumes: readonly Volume[]): number {
  const cens = volumes.reduce((sum, volume) => sum + volume.cens, 0);
  return cens === 0 ? 0 : volumes.reduce((sum, volume) => sum + volume.bytes, 0) / cens;
}

function totals(volumes: readonly SlotVolume[], bytesPerCen: number): Volume[] {
  const cens = new Map<RegionId, number>();
  for (const { region, cens: more } of volumes) cens.set(region, (cens.get(region) ?? 0) + more);
  return [...cens].map(([region, sum]) => ({ region, cens: sum, bytes: sum * bytesPerCen }));
}

function outcome(
  settings: PartitionSettings,
  volumes: readonly Volume[],
  figures: PathFigures,
  days: number,
): PreviewDocument['current'] {
  return {
    settings: { ...settings },
    regions: volumes.length,
    deepest: figures.deepest,
    medianBytesPerDay: rate(figures.medianBytes, days).bytesPerDay,
    worldBytesPerDay: rate(figures.allBytes, days).bytesPerDay,
  };
}
