import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { RegionId } from '../../regions/index.js';

/** What was published in a region. CENs include decoys; bytes are of compact files. */
export interface RegionVolume {
  readonly region: RegionId;
  readonly batches: number;
  readonly cens: number;
  readonly bytes: number;
}

export interface DailyVolume extends RegionVolume {
  /** Unix second at which the UTC day starts. */
  readonly day: number;
}

export interface SlotVolume {
  readonly region: RegionId;
  /** Unix second at which the slot starts. */
  readonly start: number;
  readonly cens: number;
}

/** Of finished days their bundles, one row a region; single batches only of days that have none yet. */
const VOLUMES = `
  finished AS (SELECT coalesce(extract(epoch FROM max(day))::bigint + 86400, 0) AS until FROM day_bundle),
  volume AS (
    SELECT region, extract(epoch FROM day)::bigint AS day, batches, count, compact_bytes
    FROM day_bundle WHERE day >= to_timestamp($1::float8) AT TIME ZONE 'UTC'
    UNION ALL
    SELECT region, slot_start - slot_start % 86400, 1, count, compact_bytes
    FROM batch WHERE slot_start >= greatest($1::float8::bigint, (SELECT until FROM finished)))`;

const SUMS = 'sum(batches)::int AS batches, sum(count)::float8 AS cens, sum(compact_bytes)::float8 AS bytes';

/** Reads how much was published where from `batch` and `day_bundle`: counts and sizes, never the files. */
@Injectable()
export class VolumeRepository {
  constructor(private readonly database: Database) {}

  /** Each region with batches since the UTC day that starts at `from`. */
  async byRegion(from: number): Promise<RegionVolume[]> {
    const { rows } = await this.database.pool.query<RegionVolume & { region: string }>(
      `WITH ${VOLUMES} SELECT region::text, ${SUMS} FROM volume GROUP BY region`,
      [from],
    );
    return rows.map((row) => ({ ...row, region: BigInt(row.region) }));
  }

  async byDay(from: number, regions: readonly RegionId[]): Promise<DailyVolume[]> {
    const { rows } = await this.database.pool.query<DailyVolume & { region: string }>(
      `WITH ${VOLUMES} SELECT region::text, day::float8, ${SUMS} FROM volume WHERE region = ANY($2::bigint[])
       GROUP BY region, day ORDER BY region, day`,
      [from, regions.map(String)],
    );
    return rows.map((row) => ({ ...row, region: BigInt(row.region) }));
  }

  /** At most `limit`, newest slot first. */
  async bySlot(from: number, limit: number): Promise<SlotVolume[]> {
    const { rows } = await this.database.pool.query<SlotVolume & { region: string }>(
      `SELECT region::text, slot_start::float8 AS start, sum(count)::float8 AS cens FROM batch WHERE slot_start >= $1
       GROUP BY slot_start, region ORDER BY slot_start DESC LIMIT $2`,
      [from, limit],
    );
    return rows.map((row) => ({ ...row, region: BigInt(row.region) }));
  }
}
