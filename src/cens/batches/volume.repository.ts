import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { WORLD } from '../../regions/index.js';

/** Figures by region, in columns of equal length: plain numbers, which a thread takes over without a copy. */
export type RegionColumns<Figure extends string> = { readonly regions: BigInt64Array } & {
  readonly [figure in Figure]: Float64Array;
};

/** What was published in each region. CENs include decoys; bytes are of compact files. */
export type VolumesByRegion = RegionColumns<'cens' | 'bytes'>;

/** The same by region and UTC day; `days` in Unix seconds. */
export type VolumesByDay = RegionColumns<'days' | 'batches' | 'cens' | 'bytes'>;

/** The same by region and slot; `starts` in Unix seconds. */
export type VolumesBySlot = RegionColumns<'starts' | 'cens' | 'bytes'>;

/** Of finished days their bundles, one row a region; single batches only of days that have none yet. */
const VOLUMES = `
  finished AS (SELECT coalesce(extract(epoch FROM max(day))::bigint + 86400, 0) AS until FROM day_bundle),
  volume AS (
    SELECT region, extract(epoch FROM day)::bigint AS day, batches, count, compact_bytes
    FROM day_bundle WHERE day >= to_timestamp($1::float8) AT TIME ZONE 'UTC'
    UNION ALL
    SELECT region, slot_start - slot_start % 86400, 1, count, compact_bytes
    FROM batch WHERE slot_start >= greatest($1::float8::bigint, (SELECT until FROM finished)))`;

/** Reads how much was published where from `batch` and `day_bundle`: counts and sizes, never the files. */
@Injectable()
export class VolumeRepository {
  constructor(private readonly database: Database) {}

  /** Each region with batches since the UTC day that starts at `from`. */
  async byRegion(from: number): Promise<VolumesByRegion> {
    return this.read(
      ['cens', 'bytes'],
      `WITH ${VOLUMES} SELECT region, sum(count) AS cens, sum(compact_bytes) AS bytes FROM volume GROUP BY region`,
      [from],
    );
  }

  /** The `most` regions with most CENs since the UTC day that starts at `from`, each day of a region after the one before. */
  async byDay(from: number, most: number): Promise<VolumesByDay> {
    return this.read(
      ['days', 'batches', 'cens', 'bytes'],
      `WITH ${VOLUMES},
         shown AS (SELECT region FROM volume GROUP BY region ORDER BY sum(count) DESC, region LIMIT $2)
       SELECT region, day AS days, sum(batches) AS batches, sum(count) AS cens, sum(compact_bytes) AS bytes
       FROM volume JOIN shown USING (region) GROUP BY region, day ORDER BY region, day`,
      [from, most],
    );
  }

  /** At most `limit`, newest slot first. */
  async bySlot(from: number, limit: number): Promise<VolumesBySlot> {
    return this.read(
      ['starts', 'cens', 'bytes'],
      `SELECT region, slot_start AS starts, sum(count) AS cens, sum(compact_bytes) AS bytes FROM batch
       WHERE slot_start >= $1 GROUP BY slot_start, region ORDER BY slot_start DESC LIMIT $2`,
      [from, limit],
    );
  }

  /** CENs of the world's batches since `from` that have at most `most` of them. */
  async ofSmallWorlds(from: number, most: number): Promise<number> {
    const { rows } = await this.database.pool.query<{ cens: number }>(
      `SELECT coalesce(sum(count), 0)::float8 AS cens FROM batch WHERE region = $1 AND slot_start >= $2 AND count <= $3`,
      [WORLD.toString(), from, most],
    );
    return rows[0].cens;
  }

  /**
   * Rows come as one value a column: node-postgres takes in 40,000 single ones without a pause, which held up this thread for
   * 60 to 125 ms. An aggregate reads a subquery in its order.
   */
  private async read<Figure extends string>(
    figures: readonly Figure[],
    query: string,
    values: unknown[],
  ): Promise<RegionColumns<Figure>> {
    const packed = figures.map((figure) => `string_agg(float8send(${figure}::float8), '') AS ${figure}`);
    const { rows } = await this.database.pool.query<Record<'regions' | Figure, Buffer | null>>(
      `SELECT string_agg(int8send(region), '') AS regions, ${packed.join(', ')} FROM (${query}) AS volumes`,
      values,
    );
    const columns = figures.map((figure) => [figure, new Float64Array(littleEndian(rows[0][figure]))]);
    return {
      regions: new BigInt64Array(littleEndian(rows[0].regions)),
      ...(Object.fromEntries(columns) as Record<Figure, Float64Array>),
    };
  }
}

/** Eight-byte numbers in the order of this machine's typed arrays, in a buffer of their own; none where there was no row. */
function littleEndian(bigEndian: Buffer | null): ArrayBuffer {
  const bytes = new Uint8Array(bigEndian ?? []);
  Buffer.from(bytes.buffer).swap64();
  return bytes.buffer;
}
